#include "app/practice/replies/ReplyDesk.h"

#include "app/practice/seed/ReturnLetter.h"
#include "app/practice/world/SeedMetadata.h"
#include "core/base/Xml.h"

#include <QDateTime>

namespace naru::practice {

namespace {
// First institution OID of informationRecipient that is one of ours.
QString findHospital(const base::XmlElement &element, const QHash<QString, clinical::Institution> &hospitals)
{
    if (element.name == QLatin1String("id") && hospitals.contains(element.attribute(QLatin1String("root"))))
        return element.attribute(QLatin1String("root"));
    for (const base::XmlElement &child : element.children) {
        const QString found = findHospital(child, hospitals);
        if (!found.isEmpty())
            return found;
    }
    return {};
}
} // namespace

ReplyDesk::ReplyDesk(Database &db, Blobs &blobs, const Site &site, ReplySettings settings)
    : m_db(db)
    , m_blobs(blobs)
    , m_site(site)
    , m_settings(std::move(settings))
{
}

QString ReplyDesk::hospitalOf(const QByteArray &cda) const
{
    const auto root = base::parseXml(cda);
    if (!root)
        return {};
    for (const base::XmlElement *recipient : root->all(QLatin1String("informationRecipient"))) {
        const QString found = findHospital(*recipient, m_settings.hospitals);
        if (!found.isEmpty() && found != m_settings.clinicOid)
            return found;
    }
    return {};
}

void ReplyDesk::consider(
    const QString &repository, const RegistryObject &entry, const QString &patient, const QByteArray &cda)
{
    const QString referral = m_site.codes()
                                 .value(QStringLiteral("forms"))
                                 .toObject()
                                 .value(QStringLiteral("referral"))
                                 .toObject()
                                 .value(QStringLiteral("type"))
                                 .toObject()
                                 .value(QStringLiteral("code"))
                                 .toString();
    if (entry.code(xds::typeCode) != referral)
        return;
    const QString hospital = hospitalOf(cda);
    if (hospital.isEmpty())
        return;
    {
        auto lock = m_db.lock();
        Statement(m_db.handle(),
            "INSERT OR IGNORE INTO pending_reply(repository, unique_id, entry, hospital, due, state) "
            "VALUES(?,?,?,?,?,'waiting')")
            .bind(1, repository)
            .bind(2, entry.uniqueId())
            .bind(3, patient)
            .bind(4, hospital)
            .bind(5, QDateTime::currentMSecsSinceEpoch() + qint64(m_settings.delaySeconds) * 1000)
            .run();
    }
    m_wake.notify_all();
}

std::vector<ReplyDesk::Due> ReplyDesk::due() const
{
    auto lock = m_db.lock();
    Statement statement(m_db.handle(),
        "SELECT seq, repository, unique_id, entry, hospital FROM pending_reply WHERE state = 'waiting' AND "
        "due <= ? ORDER BY due");
    statement.bind(1, QDateTime::currentMSecsSinceEpoch());
    std::vector<Due> out;
    while (statement.step())
        out.push_back({statement.integer(0), statement.text(1), statement.text(2), statement.text(3),
            statement.text(4)});
    return out;
}

qint64 ReplyDesk::waiting() const
{
    auto lock = m_db.lock();
    Statement statement(m_db.handle(), "SELECT count(*) FROM pending_reply WHERE state = 'waiting'");
    statement.step();
    return statement.integer(0);
}

QString ReplyDesk::answer(const Due &due)
{
    const auto blob = m_blobs.find(due.repository, due.uniqueId);
    const auto referral = blob ? m_blobs.read(*blob) : std::nullopt;
    if (!referral)
        return QStringLiteral("failed referral");
    ReturnOptions options;
    options.hospital = m_settings.hospitals.value(due.hospital);
    options.when = QDateTime::currentDateTimeUtc();
    options.seed = m_settings.seed;
    options.serial = int(due.row % 99999) + 1;
    auto letter = composeReturn(*referral, options);
    if (!letter)
        return QStringLiteral("failed ") + QLatin1String(letter.error().code.id);
    letter->repliesTo = due.uniqueId; // as the registry knows the referral, whatever its CDA id is
    const auto answer =
        m_repository->provideObjects(seedSubmission(*letter, options.hospital, due.patient, m_site),
            {{QStringLiteral("Document01"), letter->bytes}}, due.hospital);
    return answer.ok() ? QStringLiteral("done") : QStringLiteral("failed ") + answer.errors.front().code;
}

void ReplyDesk::loop()
{
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, std::chrono::milliseconds(200), [this] { return m_stop; });
            if (m_stop)
                return;
        }
        try {
            for (const Due &letter : due()) {
                const QString state = answer(letter);
                auto lock = m_db.lock();
                Statement(m_db.handle(), "UPDATE pending_reply SET state = ? WHERE seq = ?")
                    .bind(1, state)
                    .bind(2, letter.row)
                    .run();
            }
        } catch (const std::exception &failure) {
            std::fprintf(stderr, "naru-practice: return letter: %s\n", failure.what());
        }
    }
}

void ReplyDesk::start(Repository &repository)
{
    m_repository = &repository;
    m_thread = std::thread([this] { loop(); });
}

void ReplyDesk::stop()
{
    {
        const std::lock_guard guard(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace naru::practice
