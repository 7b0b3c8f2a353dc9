#include "core/services/Profile.h"

#include "core/audit/EventBuilder.h"
#include "core/base/Errors.h"
#include "core/services/AccountService.h"
#include "core/services/AuditBridge.h"
#include "core/services/AuditService.h"
#include "core/services/BackgroundWork.h"
#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/Errors.h"
#include "core/services/ImageService.h"
#include "core/services/ImageSharing.h"
#include "core/services/Internals.h"
#include "core/services/OutboxService.h"
#include "core/services/PacsService.h"
#include "core/services/PatientService.h"
#include "core/services/RecordService.h"
#include "core/services/SettingsService.h"
#include "core/services/SiteService.h"
#include "core/services/TermDesk.h"
#include "core/services/TermService.h"
#include "resources/sites/practice/siteTable.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace naru::services {

namespace {
const QString siteSetting = QStringLiteral("site.file");

// A file, or a name of a site below <data>/sites or of the practice exchange that ./run starts.
QString siteFile(const QString &site, const QString &dataDir)
{
    if (QFileInfo(site).isFile())
        return QFileInfo(site).absoluteFilePath();
    const QString shared = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    for (const QString &candidate :
        {dataDir + QStringLiteral("/sites/") + site + QStringLiteral("/site.json"),
            shared + QStringLiteral("/naru-") + site + QStringLiteral("/exchange/site.json")}) {
        if (QFileInfo(candidate).isFile())
            return candidate;
    }
    return {};
}

base::Result<ihe::SiteProfile> loadSite(const OpenOptions &options, storage::SettingsStore &settings)
{
    NARU_ASSIGN(const QString remembered, settings.get(siteSetting));
    const QString wanted = options.site.isEmpty() ? remembered : options.site;
    if (!wanted.isEmpty()) {
        const QString file = siteFile(wanted, options.dataDir);
        if (file.isEmpty())
            return base::Error(errors::SiteUnknown, {}, {{QStringLiteral("what"), wanted}});
        NARU_ASSIGN(ihe::SiteProfile site, ihe::SiteProfile::load(file));
        if (file != remembered)
            NARU_TRY(settings.set(siteSetting, file));
        return site;
    }
    // No exchange chosen yet: documents can be written and checked, nothing can be reached.
    NARU_ASSIGN(ihe::SiteProfile site,
        ihe::SiteProfile::parse(
            QByteArray(tables::site.data(), qsizetype(tables::site.size())), options.dataDir));
    const QString practice = siteFile(QStringLiteral("practice"), options.dataDir);
    return practice.isEmpty() ? site : ihe::SiteProfile::load(practice);
}

security::VaultOptions vaultOptions(const OpenOptions &options)
{
    security::VaultOptions out;
    out.kdf.n = quint64(1) << options.scryptLogN;
    out.clock = options.clock;
    return out;
}

base::Result<security::User> unlockOrCreate(Profile::Internals &in)
{
    OpenOptions &options = in.options;
    if (!security::Vault::exists(options.dataDir)) {
        security::User first;
        first.name = options.user.isEmpty() ? QStringLiteral("doctor") : options.user;
        first.displayName = first.name;
        NARU_ASSIGN(in.vault,
            security::Vault::create(options.dataDir, first, options.passphrase, vaultOptions(options)));
        return in.vault->currentUser().value_or(first);
    }
    NARU_ASSIGN(in.vault, security::Vault::open(options.dataDir, vaultOptions(options)));
    NARU_ASSIGN(const auto users, in.vault->users());
    if (options.user.isEmpty()) {
        QStringList names;
        for (const security::User &user : users)
            names.append(user.name);
        if (names.size() != 1)
            return base::Error(
                errors::NoUser, {}, {{QStringLiteral("users"), names.join(QStringLiteral(", "))}});
        options.user = names.first();
    }
    for (const security::User &user : users)
        in.failedSignIns = user.name == options.user ? user.failedAttempts : in.failedSignIns;
    return in.vault->unlock(options.user, options.passphrase);
}

// The clinic as edited in the settings outranks the site profile's.
void applyClinicSettings(Profile::Internals &in)
{
    const auto all = in.stores.settings->all(QStringLiteral("clinic."));
    if (!all)
        return;
    const auto take = [&all](const char *key, QString &field) {
        if (const QString value = all->value(QStringLiteral("clinic.") + QLatin1String(key));
            !value.isEmpty())
            field = value;
    };
    clinical::Institution &clinic = in.site.clinic.institution;
    clinical::Practitioner &doctor = in.site.clinic.doctor;
    take("oid", clinic.oid);
    take("number", clinic.number);
    take("name", clinic.name);
    take("phone", clinic.phone);
    take("address", clinic.address.basic);
    take("addressDetail", clinic.address.detail);
    take("postalCode", clinic.address.postalCode);
    take("kind", clinic.kind);
    take("doctor.name", doctor.name);
    take("doctor.licence", doctor.licence);
    take("doctor.phone", doctor.phone);
    take("department.code", in.site.clinic.department.code);
    take("department.name", in.site.clinic.department.name);
}

void makeServices(Profile::Internals &in)
{
    in.patients = std::make_unique<PatientService>(in);
    in.consents = std::make_unique<ConsentService>(in);
    in.compose = std::make_unique<ComposeService>(in);
    in.outbox = std::make_unique<OutboxService>(in);
    in.records = std::make_unique<RecordService>(in);
    in.audit = std::make_unique<AuditService>(in);
    in.siteService = std::make_unique<SiteService>(in);
    in.termService = std::make_unique<TermService>(in);
    in.accounts = std::make_unique<AccountService>(in);
    in.settings = std::make_unique<SettingsService>(in);
    in.images = std::make_unique<ImageService>(in);
    in.pacs = std::make_unique<PacsService>(in);
    in.sharing = std::make_unique<ImageSharing>(in);
}
} // namespace

QString Profile::defaultDataDir()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/naru");
}

bool Profile::exists(const QString &dataDir)
{
    return security::Vault::exists(dataDir);
}

int Profile::minimumPassphraseLength()
{
    return security::VaultOptions().minimumPassphraseLength;
}

QStringList Profile::users(const QString &dataDir)
{
    QStringList names;
    const auto vault = security::Vault::open(dataDir);
    if (!vault)
        return names;
    if (const auto users = (*vault)->users()) {
        for (const security::User &user : *users)
            names.append(user.name);
    }
    return names;
}

base::Result<std::shared_ptr<Profile>> Profile::open(OpenOptions options)
{
    auto internals = std::make_unique<Internals>();
    Internals &in = *internals;
    in.options = std::move(options);
    in.options.dataDir = QDir(in.options.dataDir).absolutePath();
    if (!in.options.clock)
        in.options.clock = std::make_shared<base::SystemClock>();
    in.clock = in.options.clock;

    auto user = unlockOrCreate(in);
    in.options.passphrase.wipe();
    if (!user)
        return user.error();
    in.user = *user;
    NARU_ASSIGN(in.sealer, in.vault->sealer());
    NARU_ASSIGN(in.stores, storage::Stores::open(in.options.dataDir, in.sealer, in.clock));
    NARU_ASSIGN(in.site, loadSite(in.options, *in.stores.settings));
    applyClinicSettings(in);
    if (QFileInfo(in.site.institutionsFile).isFile()) {
        NARU_ASSIGN(in.directory, Directory::load(in.site.institutionsFile));
    }
    in.terms = std::make_shared<const TermDesk>(in.options.dataDir); // reads nothing until it is asked

    in.auditBridge = std::make_unique<AuditBridge>(in);
    ihe::CallerSettings caller;
    caller.tls = in.site.tls;
    caller.audit = in.auditBridge.get();
    caller.clock = in.clock;
    in.caller = std::make_unique<ihe::Caller>(std::move(caller));
    makeServices(in);
    if (in.failedSignIns > 0)
        in.record(in.events().login(QStringLiteral("login.failure"), in.user.name,
            audit::Outcome::MinorFailure, QStringLiteral("%1 before this").arg(in.failedSignIns)));
    in.record(in.events().login(QStringLiteral("login"), in.user.name));
    return std::shared_ptr<Profile>(new Profile(std::move(internals)));
}

Profile::Profile(std::unique_ptr<Internals> internals)
    : m(std::move(internals))
{
}

Profile::~Profile()
{
    m->background.reset();
    m->pacs.reset(); // its threads use everything else
    m->record(m->events().login(QStringLiteral("logout"), m->userName()));
}

PatientService &Profile::patients()
{
    return *m->patients;
}
ConsentService &Profile::consents()
{
    return *m->consents;
}
ComposeService &Profile::compose()
{
    return *m->compose;
}
OutboxService &Profile::outbox()
{
    return *m->outbox;
}
RecordService &Profile::records()
{
    return *m->records;
}
AuditService &Profile::audit()
{
    return *m->audit;
}
SiteService &Profile::site()
{
    return *m->siteService;
}
TermService &Profile::terms()
{
    return *m->termService;
}
AccountService &Profile::accounts()
{
    return *m->accounts;
}
SettingsService &Profile::settings()
{
    return *m->settings;
}
PacsService &Profile::pacs()
{
    return *m->pacs;
}
ImageSharing &Profile::sharing()
{
    return *m->sharing;
}
ImageService &Profile::images()
{
    return *m->images;
}
Profile::Internals &Profile::internals()
{
    return *m;
}

std::shared_ptr<void> Profile::listen(Listener listener)
{
    const auto registry = m->listeners;
    const std::lock_guard lock(registry->mutex);
    const int id = registry->next++;
    registry->byId.emplace(id, std::move(listener));
    return std::shared_ptr<void>(registry.get(), [registry, id](void *) {
        const std::lock_guard guard(registry->mutex);
        registry->byId.erase(id);
    });
}

void Profile::startBackgroundWork()
{
    if (!m->background)
        m->background = std::make_unique<BackgroundWork>(*m);
    m->pacs->startBackgroundWork();
}

} // namespace naru::services
