#include "core/imaging/dimse/DimseClient.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/imaging/dimse/DimseChild.h"
#include "core/imaging/dimse/DimseProtocol.h"
#include "core/imaging/dimse/Errors.h"
#include "core/imaging/dimse/NodeAddress.h"
#include "core/imaging/dimse/QueryText.h"
#include "core/imaging/dimse/Syntaxes.h"

#include <QCborArray>

#include <algorithm>

namespace naru::imaging::dimse {

namespace {
constexpr int Slack = 5; // seconds that a child may take beyond its own limits

QString oid(const char *name)
{
    return base::oid(name).text();
}

SubOperations countsOf(const QCborMap &map)
{
    const QCborArray counts = map.value(qint64(protocol::Counts)).toArray();
    const auto at = [&counts](
                        int i) { return int(qBound(qint64(0), counts.at(i).toInteger(), qint64(1) << 30)); };
    SubOperations out{at(0), at(1), at(2), at(3), int(map.value(qint64(protocol::Status)).toInteger()), {}};
    const QCborArray failed = map.value(qint64(protocol::FailedUids)).toArray();
    for (qsizetype i = 0; i < qMin<qsizetype>(failed.size(), protocol::MaximumUids); ++i) {
        if (const QString uid = failed.at(i).toString(); validUid(uid))
            out.failedUids.append(uid);
    }
    return out;
}

QCborMap request(protocol::Word word)
{
    return {{qint64(protocol::Verb), int(word)}};
}

const char *modelClass(Model model, const char *patient, const char *study)
{
    return model == Model::Patient ? patient : study;
}
} // namespace

Client::Client(Node node, Limits limits)
    : m_node(std::move(node))
    , m_limits(std::move(limits))
    , m_child(std::make_unique<Child>())
{
}

Client::~Client() = default;

base::Error Client::named(base::Error error, const char *step) const
{
    error.with(QStringLiteral("node"), m_node.name.isEmpty() ? m_node.calledAe : m_node.name);
    if (!error.arguments.contains(QStringLiteral("step")))
        error.with(QStringLiteral("step"), QLatin1String(step));
    if (error.is(errors::OurTitle) || error.is(errors::Destination))
        error.with(QStringLiteral("title"), m_node.callingAe);
    if (error.is(errors::ItsTitle))
        error.with(QStringLiteral("title"), m_node.calledAe);
    if (error.is(errors::Timeout) && !error.arguments.contains(QStringLiteral("seconds")))
        error.with(QStringLiteral("seconds"), QString::number(m_limits.answerSeconds));
    for (const char *name : {"why", "what", "status"}) {
        if (!error.arguments.contains(QLatin1String(name)))
            error.with(QLatin1String(name), {});
    }
    return error;
}

base::Status Client::resolve()
{
    if (!m_address.isEmpty())
        return {};
    NARU_ASSIGN(const QString address, addressOf(m_node.host));
    m_address = address;
    return {};
}

base::Status Client::open(const base::WorkContext &work)
{
    if (m_child->running())
        return {};
    if (const base::Status good = checkNode(m_node); !good)
        return named(good.error(), "settings");
    if (const base::Status found = resolve(); !found)
        return named(found.error(), "dns");
    QCborMap setup{{qint64(protocol::Address), m_address}, {qint64(protocol::Port), m_node.port},
        {qint64(protocol::CalledAe), m_node.calledAe}, {qint64(protocol::CallingAe), m_node.callingAe},
        {qint64(protocol::Tls), m_node.tls},
        {qint64(protocol::TlsName), m_node.tlsName.isEmpty() ? m_node.host : m_node.tlsName},
        {qint64(protocol::ConnectSeconds), m_limits.connectSeconds},
        {qint64(protocol::AnswerSeconds), m_limits.answerSeconds},
        {qint64(protocol::InstanceBytes), m_limits.instanceBytes},
        {qint64(protocol::Matches), m_limits.matches}, {qint64(protocol::Acceptor), false}};
    std::vector<wire::Descriptor> pem;
    if (m_node.tls) {
        auto opened = openCredentials(m_node.credentials);
        if (!opened)
            return named(opened.error(), "tls");
        pem = std::move(*opened);
    }
    std::vector<int> descriptors;
    descriptors.reserve(pem.size());
    for (const wire::Descriptor &one : pem)
        descriptors.push_back(one.get());
    const base::Status started = m_child->start(m_limits.program, m_limits, setup, descriptors, work);
    return started ? started : base::Status(named(started.error(), "tls"));
}

base::Result<QCborMap> Client::converse(const QCborMap &request, const std::vector<int> &descriptors,
    const char *step, int seconds, const base::WorkContext &work, const Event &event)
{
    if (const base::Status sent = m_child->send(request, descriptors); !sent)
        return named(sent.error(), step);
    while (true) {
        auto message = m_child->next(seconds + Slack, step, work);
        if (!message)
            return named(message.error(), step);
        const QCborMap &map = message->map;
        if (map.value(qint64(protocol::Verb)).toInteger() == protocol::Done) {
            if (map.value(qint64(protocol::Ok)).toBool())
                return map;
            const base::Error error = childError(map);
            if (error.is(errors::Crashed))
                m_child->kill();
            return named(error, step);
        }
        if (!event)
            continue;
        if (const base::Status handled = event(*message); !handled) {
            m_child->kill();
            return named(handled.error(), step);
        }
    }
}

base::Result<QStringList> Client::associate(
    const std::vector<Offer> &offers, const char *step, const base::WorkContext &work)
{
    NARU_TRY(open(work));
    QCborArray contexts;
    for (const Offer &offer : offers)
        contexts.append(
            QCborArray{offer.abstractSyntax, int(offer.provider ? protocol::Provider : protocol::Default),
                QCborArray::fromStringList(offer.syntaxes)});
    QCborMap message = request(protocol::Associate);
    message.insert(qint64(protocol::Contexts), contexts);
    NARU_ASSIGN(const QCborMap answer,
        converse(message, {}, step, m_limits.connectSeconds + m_limits.answerSeconds, work));
    const QCborArray accepted = answer.value(qint64(protocol::Accepted)).toArray();
    QStringList out;
    for (std::size_t i = 0; i < offers.size(); ++i) {
        const QString syntax = accepted.at(qsizetype(i)).toString();
        out.append(offers[i].syntaxes.contains(syntax) ? syntax : QString());
    }
    if (std::all_of(out.begin(), out.end(), [](const QString &one) { return one.isEmpty(); })) {
        release(work);
        return named(base::Error(errors::Context, {}, {{QStringLiteral("what"), QLatin1String(step)}}), step);
    }
    return out;
}

void Client::release(const base::WorkContext &work)
{
    if (m_child->running())
        (void)converse(request(protocol::Release), {}, "release", m_limits.answerSeconds, work);
}

base::Status Client::echo(const base::WorkContext &work)
{
    NARU_TRY(associate({{oid("sopVerification"), plainSyntaxes()}}, "association", work));
    const auto answer = converse(request(protocol::Echo), {}, "C-ECHO", m_limits.answerSeconds, work);
    release(work);
    return answer ? base::Status() : base::Status(answer.error());
}

base::Status Client::offers(const QString &sopClass, const base::WorkContext &work)
{
    NARU_TRY(associate({{sopClass, plainSyntaxes()}}, "association", work));
    release(work);
    return {};
}

std::vector<TestStep> Client::test(const base::WorkContext &work)
{
    std::vector<TestStep> out;
    const auto step = [&out](const char *name, const base::Status &status, const QString &detail = {}) {
        out.push_back({QLatin1String(name), bool(status), detail, status ? base::Error() : status.error()});
        return bool(status);
    };
    const auto failed = [this](const base::Status &status, const char *name) {
        return status ? status : base::Status(named(status.error(), name));
    };
    if (!step("settings", failed(checkNode(m_node), "settings")))
        return out;
    m_address.clear();
    if (!step("dns", failed(resolve(), "dns"), m_address))
        return out;
    out.back().detail = m_address;
    if (!step("tcp", failed(tryConnect(m_address, m_node.port, m_limits.connectSeconds), "tcp")))
        return out;
    const base::Status echoed = echo(work);
    const bool child = !echoed && (echoed.error().is(errors::Program) || echoed.error().is(errors::Stopped));
    const bool tls =
        !echoed && (echoed.error().is(errors::Tls) || echoed.error().is(errors::Credentials) || child);
    if (m_node.tls && !step("tls", tls ? echoed : base::Status()))
        return out;
    const QString where = echoed ? QString() : echoed.error().arguments.value(QStringLiteral("step"));
    const bool associated = echoed || where == QLatin1String("C-ECHO");
    if (!step("association", associated ? base::Status() : echoed))
        return out;
    step("echo", echoed);
    return out;
}

base::Result<FindResult> Client::find(const Query &query, const base::WorkContext &work)
{
    auto dataset = identifier(query);
    if (!dataset)
        return named(dataset.error(), "C-FIND");
    const QString model = oid(modelClass(query.model, "findPatientRoot", "findStudyRoot"));
    NARU_TRY(associate({{model, plainSyntaxes()}}, "C-FIND", work));
    QCborMap message = request(protocol::Find);
    message.insert(qint64(protocol::SopClass), model);
    message.insert(qint64(protocol::Dataset), *dataset);
    FindResult out;
    const auto matched = [&out, this](wire::Message &event) -> base::Status {
        const QCborMap values = event.map.value(qint64(protocol::Values)).toMap();
        if (event.map.value(qint64(protocol::Verb)).toInteger() != protocol::Matched)
            return {};
        if (out.matches.size() >= std::size_t(m_limits.matches))
            return base::Error(errors::TooLarge);
        Match match;
        for (auto it = values.cbegin(); it != values.cend() && match.size() < 256; ++it) {
            const quint32 tag = quint32(it.key().toInteger());
            QString text = it.value().toString().left(4096);
            if (vrOf(tag) == "UI" && !text.isEmpty()) {
                const QStringList uids = text.split(QLatin1Char('\\'));
                if (!std::all_of(uids.begin(), uids.end(), validUid))
                    continue; // what is no UID is no answer
            }
            match.insert(tag, text);
        }
        out.matches.push_back(match);
        return {};
    };
    const auto answer = converse(message, {}, "C-FIND", m_limits.answerSeconds, work, matched);
    release(work);
    if (!answer)
        return answer.error();
    out.more = answer->value(qint64(protocol::More)).toBool();
    return out;
}

base::Result<SubOperations> Client::retrieve(const QCborMap &request, const char *step, int seconds,
    const base::WorkContext &work, const Receiver &receiver, const SubProgress &progress)
{
    const auto event = [&](wire::Message &message) -> base::Status {
        const qint64 verb = message.map.value(qint64(protocol::Verb)).toInteger();
        if (verb == protocol::Progress && progress)
            progress(countsOf(message.map));
        if (verb != protocol::Arrived)
            return {};
        NARU_ASSIGN(Received received, mapInstance(message));
        message.descriptors.clear();
        const base::Status kept = receiver ? receiver(received) : base::Status(errors::NotKept);
        return m_child->send(answerTo(kept));
    };
    const auto answer = converse(request, {}, step, seconds, work, event);
    if (!answer) {
        if (m_child->running())
            release(work);
        base::Error error = answer.error();
        if (error.is(errors::Timeout))
            error.with(QStringLiteral("seconds"), QString::number(seconds));
        return error;
    }
    release(work);
    return countsOf(*answer);
}

base::Result<SubOperations> Client::get(const Query &query, const QStringList &sopClasses,
    const Receiver &receiver, const base::WorkContext &work, const SubProgress &progress)
{
    auto dataset = identifier(query);
    if (!dataset)
        return named(dataset.error(), "C-GET");
    const QString model = oid(modelClass(query.model, "getPatientRoot", "getStudyRoot"));
    std::vector<Offer> offers{{model, plainSyntaxes()}};
    const QStringList classes = sopClasses.isEmpty() ? usualStorageClasses() : sopClasses;
    // Syntaxes by rounds: with many classes the rare ones fall behind, never a class.
    for (const QString &syntax : storedSyntaxes()) {
        for (const QString &sopClass : classes) {
            if (offers.size() < std::size_t(protocol::MaximumContexts))
                offers.push_back({sopClass, {syntax}, true});
        }
    }
    NARU_ASSIGN(const QStringList accepted, associate(offers, "C-GET", work));
    if (accepted.first().isEmpty()) {
        release(work);
        return named(
            base::Error(errors::Context, {}, {{QStringLiteral("what"), QStringLiteral("C-GET")}}), "C-GET");
    }
    QCborMap message = request(protocol::Get);
    message.insert(qint64(protocol::SopClass), model);
    message.insert(qint64(protocol::Dataset), *dataset);
    return retrieve(message, "C-GET", m_limits.answerSeconds, work, receiver, progress);
}

base::Result<SubOperations> Client::move(const Query &query, const QString &destination,
    const base::WorkContext &work, const SubProgress &progress)
{
    auto dataset = identifier(query);
    if (!dataset)
        return named(dataset.error(), "C-MOVE");
    if (!validAeTitle(destination))
        return named(base::Error(errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("AE title")}}),
            "settings");
    const QString model = oid(modelClass(query.model, "movePatientRoot", "moveStudyRoot"));
    NARU_TRY(associate({{model, plainSyntaxes()}}, "C-MOVE", work));
    QCborMap message = request(protocol::Move);
    message.insert(qint64(protocol::SopClass), model);
    message.insert(qint64(protocol::Dataset), *dataset);
    message.insert(qint64(protocol::Destination), destination);
    message.insert(qint64(protocol::Seconds), m_limits.moveSeconds);
    return retrieve(message, "C-MOVE", m_limits.moveSeconds, work, {}, progress);
}

base::Result<Commitment> Client::commit(const QString &transaction,
    const std::vector<InstanceName> &instances, int waitSeconds, const base::WorkContext &work)
{
    const QString model = oid("sopCommitment");
    NARU_TRY(associate({{model, plainSyntaxes()}}, "N-ACTION", work));
    QCborMap message = request(protocol::Commit);
    QCborArray names;
    for (const InstanceName &one : instances)
        names.append(QCborArray{one.sopClass, one.sopUid});
    message.insert(qint64(protocol::Instances), names);
    message.insert(qint64(protocol::Transaction), transaction);
    message.insert(qint64(protocol::Seconds), waitSeconds);
    Commitment out{transaction, {}, {}};
    const auto event = [&out, this](wire::Message &got) -> base::Status {
        if (got.map.value(qint64(protocol::Verb)).toInteger() != protocol::Committed)
            return {};
        if (const Commitment report = commitmentOf(got.map); report.transaction == out.transaction)
            out = report;
        return m_child->send(answerTo({}));
    };
    const auto answer = converse(message, {}, "N-ACTION", m_limits.answerSeconds + waitSeconds, work, event);
    release(work);
    return answer ? base::Result<Commitment>(out) : answer.error();
}

} // namespace naru::imaging::dimse
