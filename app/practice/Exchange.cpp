#include "app/practice/Exchange.h"

#include "app/practice/Endpoints.h"
#include "app/practice/ca/Authority.h"
#include "app/practice/seed/Institutions.h"
#include "app/practice/world/SeedLoader.h"
#include "core/base/Digest.h"
#include "core/base/Errors.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>
#include <unistd.h>

namespace naru::practice {

namespace {
constexpr auto exchangeName = "naru-practice exchange";
constexpr int standardPort = 8443;
constexpr int standardAuditPort = 6514;

base::Error io(const QString &what)
{
    return base::Error(base::errors::Io, what, {{QStringLiteral("what"), what}});
}

QByteArray embedded(const char *name)
{
    QFile file(QStringLiteral(":/practice/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool save(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

// The key of the substitute ids; owner-only, made once.
base::Result<QByteArray> secretOf(const QString &folder)
{
    const QString path = folder + QStringLiteral("/secret.key");
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        return file.readAll();
    const QByteArray secret = base::randomBytes(32);
    QSaveFile fresh(path);
    if (!fresh.open(QIODevice::WriteOnly))
        return io(path);
    fresh.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (fresh.write(secret) != secret.size() || !fresh.commit())
        return io(path);
    return secret;
}
} // namespace

class Exchange::Impl {
public:
    explicit Impl(ExchangeOptions o)
        : options(std::move(o))
    {
    }
    QString path(const char *name) const { return options.folder + QLatin1Char('/') + QLatin1String(name); }

    base::Status certificates()
    {
        NARU_ASSIGN(Authority authority, Authority::open(options.folder));
        NARU_TRY(authority.ensure(QStringLiteral("server"), QStringLiteral("localhost"),
            QStringLiteral("Naru practice exchange"), true));
        NARU_TRY(authority.ensure(QStringLiteral("clinic"), site->clinicOid(), site->clinicName(), false));
        return authority.ensure(QStringLiteral("exchange"), QLatin1String(exchangeName),
            QStringLiteral("Naru practice exchange"), false);
    }

    base::Status audit()
    {
        AuditRepositoryConfig config;
        config.port = 0;
        config.caFile = path("ca.pem");
        config.certificateFile = path("server.pem");
        config.keyFile = path("server.key");
        config.databasePath = path("audit.db");
        state->audit = std::make_unique<AuditRepository>(config);
        NARU_TRY(state->audit->start());
        gate = std::make_unique<AuditGate>(state->faults);
        const int port = options.port == standardPort ? standardAuditPort : 0;
        return gate->start(port, state->audit->port()) ? base::Status() : io(QStringLiteral("audit port"));
    }

    base::Status serve()
    {
        ServerSettings settings;
        settings.port = options.port;
        settings.caFile = path("ca.pem");
        settings.certificateFile = path("server.pem");
        settings.keyFile = path("server.key");
        settings.exchangeName = QLatin1String(exchangeName);
        server = std::make_unique<Server>(settings, state->faults);
        if (!server->bind())
            return io(QStringLiteral("port %1").arg(options.port));
        const LoopbackSettings loopback{
            server->port(), path("ca.pem"), path("exchange.pem"), path("exchange.key")};
        state->openRepositories(loopback);
        state->imagesBase = QStringLiteral("https://127.0.0.1:%1/dicomweb").arg(server->port());
        addEndpoints(*server, *state);
        server->start();
        return {};
    }

    base::Status publish()
    {
        const QByteArray json = site->published(server->port(), gate->port());
        if (!save(path("site.json"), json) || !save(path("institutions.tsv"), embedded("institutions.tsv")))
            return io(options.folder);
        const QByteArray ready = QJsonDocument(
            QJsonObject{{QStringLiteral("pid"), qint64(::getpid())}, {QStringLiteral("port"), server->port()},
                {QStringLiteral("auditPort"), gate->port()},
                {QStringLiteral("site"), QFileInfo(path("site.json")).absoluteFilePath()}})
                                     .toJson();
        if (!save(path("practice.json"), ready))
            return io(options.folder);
        return options.readyFile.isEmpty() || save(options.readyFile, ready) ? base::Status()
                                                                             : io(options.readyFile);
    }

    base::Status seed()
    {
        if (!options.seedWorld || isSeeded(state->db))
            return {};
        NARU_ASSIGN(const SeedReport report,
            loadSeed({state->db, state->mpi, state->blobs, state->registrar, state->images, *site},
                options.seed, embedded("institutions.tsv")));
        for (const QString &refused : report.refused)
            std::fprintf(stderr, "naru-practice: seed refused: %s\n", qPrintable(refused));
        return {};
    }

    base::Status run()
    {
        if (!QDir().mkpath(options.folder))
            return io(options.folder);
        QFile(options.folder)
            .setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        NARU_ASSIGN(Site parsed, Site::parse(embedded("site.json")));
        site = std::make_unique<Site>(std::move(parsed));
        NARU_TRY(certificates());
        NARU_ASSIGN(const QByteArray secret, secretOf(options.folder));
        NARU_ASSIGN(const std::vector<clinical::Institution> institutions,
            parseInstitutions(embedded("institutions.tsv")));
        ReplySettings replies;
        replies.delaySeconds = options.replyDelaySeconds;
        replies.seed = options.seed ? options.seed : 1;
        replies.clinicOid = site->clinicOid();
        for (const clinical::Institution &institution : institutions)
            replies.hospitals.insert(institution.oid, institution);
        state = std::make_unique<Endpoints>(*site, options.folder, secret, std::move(replies));
        NARU_TRY(state->faults.set(options.faults));
        NARU_TRY(seed());
        NARU_TRY(audit());
        NARU_TRY(serve());
        state->replies.start(*state->repositories.at(1));
        return publish();
    }

    ExchangeOptions options;
    std::unique_ptr<Site> site{};
    std::unique_ptr<Endpoints> state{};
    std::unique_ptr<AuditGate> gate{};
    std::unique_ptr<Server> server{};
};

Exchange::Exchange(ExchangeOptions options)
    : m_impl(std::make_unique<Impl>(std::move(options)))
{
}

Exchange::~Exchange()
{
    stop();
}

base::Status Exchange::start()
{
    try {
        return m_impl->run();
    } catch (const std::exception &failure) {
        return io(QString::fromUtf8(failure.what()));
    }
}

// Outermost first: no new work, then the letters, then the audit, then the database.
void Exchange::stop()
{
    if (m_impl->state)
        m_impl->state->replies.stop();
    if (m_impl->server)
        m_impl->server->stop();
    if (m_impl->gate)
        m_impl->gate->stop();
    if (m_impl->state && m_impl->state->audit)
        m_impl->state->audit->stop();
    m_impl->server.reset();
    m_impl->gate.reset();
    m_impl->state.reset();
    QFile::remove(m_impl->path("practice.json"));
}

int Exchange::port() const
{
    return m_impl->server ? m_impl->server->port() : 0;
}

int Exchange::auditPort() const
{
    return m_impl->gate ? m_impl->gate->port() : 0;
}

} // namespace naru::practice
