#include "core/services/pacs/WebLink.h"

#include "core/ihe/Errors.h"
#include "core/imaging/Errors.h"
#include "core/imaging/dimse/Errors.h"
#include "core/net/Errors.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace naru::services {

using imaging::dimse::Instance;
using imaging::dimse::Level;
using imaging::dimse::StoreOutcome;

namespace {
// Big enough that a request costs little beside its bytes, small enough that little is sent again after a
// break.
constexpr std::size_t BatchImages = 32;
constexpr qsizetype BatchBytes = 16 * 1024 * 1024;
constexpr int Requests = 3; // at once
constexpr int MostImages = 100'000; // of one answer
constexpr int AnswerSeconds = 60; // longest silence

QString baseOf(const PacsNode &node)
{
    QString url = node.web;
    while (url.endsWith(QLatin1Char('/')))
        url.chop(1);
    return url;
}

net::HttpClient clientOf(const PacsNode &node)
{
    net::TlsIdentity identity;
    identity.caFile = node.authorities;
    identity.certificateFile = node.certificate;
    identity.keyFile = node.key;
    return net::HttpClient(identity, net::HttpClient::Schemes::AlsoHttp);
}

ihe::ImagingEndpoint placeOf(const PacsNode &node)
{
    ihe::ImagingEndpoint out;
    out.dicomweb = out.stow = baseOf(node);
    out.timeoutSeconds = AnswerSeconds;
    return out;
}

// Which of a person's steps an error of HTTP belongs to.
QString stepOf(const base::Error &error)
{
    if (error.is(net::errors::BadUrl) || error.is(net::errors::Identity))
        return QStringLiteral("settings");
    if (error.is(net::errors::Dns))
        return QStringLiteral("dns");
    if (error.is(net::errors::Refused))
        return QStringLiteral("tcp");
    if (error.is(net::errors::TlsFailed))
        return QStringLiteral("tls");
    if (error.is(net::errors::TlsTrust))
        return QStringLiteral("serverCertificate");
    if (error.is(net::errors::TlsClientRefused))
        return QStringLiteral("clientCertificate");
    return std::string_view(error.code.id).starts_with("net.") ? QStringLiteral("http")
                                                               : QStringLiteral("query");
}

// '*' and '?' as PS3.4 C.2.2.2.4 has them.
QRegularExpression patternOf(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        out += c == QLatin1Char('*') ? QStringLiteral(".*")
            : c == QLatin1Char('?')  ? QStringLiteral(".")
                                     : QRegularExpression::escape(QString(c));
    }
    return QRegularExpression(
        QRegularExpression::anchoredPattern(out), QRegularExpression::CaseInsensitiveOption);
}

bool needsEncoding(const QString &value)
{
    return !std::all_of(value.begin(), value.end(), [](QChar c) {
        return (c.isLetterOrNumber() && c.unicode() < 0x80) || QStringLiteral("*?-._~").contains(c);
    });
}

// One image that cannot be read, or was not asked for, does not keep the others away; a full disk does.
bool concernsOneImage(const base::Error &error)
{
    return error.is(imaging::dimse::errors::NotKept)
        || (std::string_view(error.code.id).starts_with("imaging.")
            && !error.is(imaging::errors::DecoderStart) && !error.is(imaging::errors::Stopped));
}

base::Error refusal(const ihe::StoreOutcome &answer, const QString &sopUid)
{
    const auto found = std::find_if(answer.failed.begin(), answer.failed.end(),
        [&sopUid](const ihe::StoreOutcome::Failure &one) { return one.sopUid == sopUid; });
    if (found == answer.failed.end())
        return base::Error(ihe::errors::Answer, QStringLiteral("an image is not acknowledged"),
            {{QStringLiteral("what"), QStringLiteral("an image is not acknowledged")}});
    return base::Error(ihe::errors::Rejected, {},
        {{QStringLiteral("codes"),
            QStringLiteral("%1H").arg(found->reason, 4, 16, QLatin1Char('0')).toUpper()}});
}
} // namespace

WebLink::WebLink(const PacsNode &node, int matches)
    : m_url(baseOf(node))
    , m_http(clientOf(node))
    , m_place(placeOf(node))
    , m_web(m_http, m_place)
    , m_stow(m_http, m_place)
    , m_matches(matches)
    , m_showsCertificate(!node.certificate.isEmpty())
{
}

base::Status checkWebNode(const PacsNode &node)
{
    const auto invalid = [](const char *what) {
        return base::Error(
            imaging::dimse::errors::Invalid, {}, {{QStringLiteral("what"), QString::fromLatin1(what)}});
    };
    const QUrl url(node.web, QUrl::StrictMode);
    const bool known = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || !known || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasQuery()
        || url.hasFragment() || node.web.size() > 1000)
        return invalid("DICOMweb address: https://HOST[:PORT]/PATH without query, name or password");
    const bool secured = url.scheme() == QLatin1String("https");
    if (!secured && (node.tls || !node.certificate.isEmpty() || !node.authorities.isEmpty()))
        return invalid("certificates need a DICOMweb address with https");
    if (node.certificate.isEmpty() != node.key.isEmpty())
        return invalid("a certificate needs its key");
    if (node.commitment)
        return invalid("storage commitment over DICOMweb");
    return {};
}

std::vector<PacsTestStep> WebLink::test(const base::WorkContext &work)
{
    std::vector<PacsTestStep> out;
    const bool secured = m_url.startsWith(QLatin1String("https"));
    const auto asked = m_web.studies({}, 1, work);
    const QString failed = asked ? QString() : stepOf(asked.error());
    const QStringList ofTls{QStringLiteral("tls"), QStringLiteral("serverCertificate")};
    for (const char *name :
        {"settings", "dns", "tcp", "tls", "serverCertificate", "clientCertificate", "http", "query"}) {
        const QString step = QLatin1String(name);
        if (!secured && ofTls.contains(step))
            continue;
        if (step == QLatin1String("clientCertificate") && step != failed && !m_showsCertificate)
            continue; // nobody asked for ours
        if (step == failed) {
            out.push_back({step, false, {}, asked.error()});
            break;
        }
        out.push_back({step, true, step == QLatin1String("dns") ? QUrl(m_url).host() : QString(), {}});
    }
    return out;
}

// Without what has to be encoded in an address: the matches are then sorted out here.
base::Result<ihe::WebStudies> WebLink::findPlain(const Keys &keys, const base::WorkContext &work) const
{
    Keys asked, own;
    for (const auto &[tag, value] : keys) {
        const bool here = needsEncoding(value);
        asked.emplace_back(tag, here ? QString() : value);
        if (here)
            own.emplace_back(tag, value);
    }
    NARU_ASSIGN(ihe::WebStudies found, m_web.studies(asked, m_matches, work));
    const auto differs = [&own](const ihe::WebMatch &match) {
        return std::any_of(own.begin(), own.end(), [&match](const auto &key) {
            const QRegularExpression wanted = patternOf(key.second);
            return !wanted.match(match.value(key.first)).hasMatch();
        });
    };
    std::erase_if(found.matches, differs);
    return found;
}

base::Result<PacsLink::Found> WebLink::find(const PacsQuery &query, const base::WorkContext &work)
{
    Keys keys;
    bool encoded = false;
    for (const imaging::dimse::Key &key : studyQuery({}, query).keys) {
        keys.emplace_back(key.tag, key.value);
        encoded = encoded || needsEncoding(key.value);
    }
    NARU_ASSIGN(ihe::WebStudies found, m_web.studies(keys, m_matches, work));
    if (found.matches.empty() && encoded) {
        NARU_ASSIGN(const bool understood, m_web.decodesAddresses(work));
        if (!understood) {
            NARU_ASSIGN(found, findPlain(keys, work));
        }
    }
    Found out{{}, found.more};
    for (const ihe::WebMatch &match : found.matches) {
        PacsStudy study = studyOf(match);
        if (ihe::isDicomUid(study.studyUid)) // what is no UID is no answer
            out.studies.push_back(std::move(study));
    }
    return out;
}

base::Result<std::vector<PacsInstance>> WebLink::instances(
    const PacsStudy &study, const base::WorkContext &work)
{
    NARU_ASSIGN(const std::vector<ihe::WebInstance> listed, m_web.instances(study.studyUid, work));
    std::vector<PacsInstance> out;
    out.reserve(listed.size());
    for (const ihe::WebInstance &one : listed)
        out.push_back({one.image.seriesUid, one.image.sopUid, one.sopClass});
    return out;
}

base::Status WebLink::retrieve(const PacsStudy &study, const Wanted &wanted, const Taken &taken,
    const Counted &, const base::WorkContext &work)
{
    const auto arrived = [&taken](const QByteArray &part10) -> base::Status {
        const base::Status kept = taken(part10, {});
        return kept || concernsOneImage(kept.error()) ? base::Status() : kept;
    };
    if (wanted.level == Level::Study)
        return m_web.study(study.studyUid, MostImages, arrived, work);
    if (wanted.level == Level::Series)
        return m_web.series(study.studyUid, wanted.seriesUid, MostImages, arrived, work);
    for (const QString &uid : wanted.uids)
        NARU_TRY(m_web.image({study.studyUid, wanted.seriesUid, uid}, arrived, work));
    return {};
}

struct WebLink::Sending {
    const QString &studyUid;
    const std::vector<Instance> &instances;
    const Each &each;
    Outcomes outcomes;
    std::mutex mutex{}; // of everything below and of outcomes, and around `each`
    std::size_t next = 0;
    std::optional<base::Error> ended{}; // why no more is sent

    // The place of one that nobody has taken yet.
    std::optional<std::size_t> take(const base::WorkContext &work)
    {
        const std::lock_guard lock(mutex);
        if (work.stopRequested() && !ended)
            ended = base::Error(imaging::dimse::errors::Stopped);
        if (ended || next >= instances.size())
            return {};
        return next++;
    }
    void settle(std::size_t place, const base::Status &status)
    {
        StoreOutcome &outcome = outcomes[place];
        outcome.state = status ? StoreOutcome::State::Stored : StoreOutcome::State::Failed;
        outcome.status = status ? 0 : -1;
        outcome.error = status ? base::Error() : status.error();
        if (each)
            each(outcome);
    }
};

struct WebLink::Batch {
    std::vector<std::size_t> places{};
    std::vector<QByteArray> files{};
};

WebLink::Batch WebLink::gather(Sending &sending, const base::WorkContext &work)
{
    Batch out;
    qsizetype bytes = 0;
    while (out.files.size() < BatchImages && bytes < BatchBytes) {
        const std::optional<std::size_t> place = sending.take(work);
        if (!place)
            break;
        auto file = sending.instances[*place].bytes();
        if (!file) { // alone in its fate
            const std::lock_guard lock(sending.mutex);
            sending.settle(*place, file.error());
            continue;
        }
        bytes += file->size();
        out.places.push_back(*place);
        out.files.push_back(std::move(*file));
    }
    return out;
}

// What the archive does not name as stored is not stored.
void WebLink::sendBatch(Sending &sending, const Batch &batch, const base::WorkContext &work) const
{
    const auto answer = m_stow.store(sending.studyUid, batch.files, {}, work);
    const std::lock_guard lock(sending.mutex);
    if (!answer && !sending.ended)
        sending.ended = answer.error();
    for (const std::size_t place : batch.places) {
        const QString &sopUid = sending.outcomes[place].sopUid;
        if (!answer)
            sending.settle(place, answer.error());
        else if (answer->stored.contains(sopUid))
            sending.settle(place, {});
        else
            sending.settle(place, refusal(*answer, sopUid));
    }
}

void WebLink::carry(Sending &sending, const base::WorkContext &work) const
{
    while (true) {
        const Batch batch = gather(sending, work);
        if (batch.files.empty())
            return;
        sendBatch(sending, batch, work);
    }
}

base::Result<PacsLink::Outcomes> WebLink::store(const QString &studyUid,
    const std::vector<Instance> &instances, const Each &each, const base::WorkContext &work)
{
    Sending sending{studyUid, instances, each, Outcomes(instances.size()), {}, 0, {}};
    for (std::size_t i = 0; i < instances.size(); ++i)
        sending.outcomes[i].sopUid = instances[i].sopUid;
    {
        std::vector<std::jthread> team;
        const std::size_t batches = instances.size() / BatchImages + 1;
        for (std::size_t i = 0; i < std::min(batches, std::size_t(Requests)); ++i)
            team.emplace_back([&] { carry(sending, work); });
    }
    if (work.stopRequested())
        return base::Error(imaging::dimse::errors::Stopped);
    for (StoreOutcome &outcome : sending.outcomes) {
        if (outcome.state == StoreOutcome::State::Failed && outcome.error.code == base::ErrorCode())
            outcome.error = sending.ended.value_or(base::Error(ihe::errors::Empty)); // not tried
    }
    return std::move(sending.outcomes);
}

// Each request is answered for its own images; none has been seen to lose any.
QSet<QString> WebLink::lost(const QString &, const QSet<QString> &, const base::WorkContext &)
{
    return {};
}

base::Result<imaging::dimse::Commitment> WebLink::commit(const QString &transaction,
    const std::vector<imaging::dimse::InstanceName> &, int, const base::WorkContext &)
{
    return imaging::dimse::Commitment{transaction, {}, {}};
}

} // namespace naru::services
