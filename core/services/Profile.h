// An opened profile: the only door for the workstation, naructl and the C API. Owns the database, the keys,
// the site and the services below. Every method of every service may be called from any thread; those that
// take a WorkContext may wait for the network and stop when asked, the others answer from the local store
// within milliseconds.
#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/base/SecureBytes.h"
#include "core/base/WorkContext.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <memory>

namespace naru::services {

class PatientService;
class ConsentService;
class ComposeService;
class OutboxService;
class RecordService;
class AuditService;
class SiteService;
class TermService;
class AccountService;
class SettingsService;
class ImageService;
class ImageSharing;
class PacsService;

struct OpenOptions {
    QString dataDir{}; // created on first use
    QString site{}; // name below resources/sites, or a file; empty: the one remembered, else "practice"
    QString user{}; // empty: the only user, else an error that lists the names is returned
    base::SecureBytes passphrase{};
    base::ClockPtr clock{}; // system clock when null
    QString decoder{}; // naru-decoder; empty: beside the running program
    int scryptLogN = 17; // cost of the key derivation of a new profile; tests use 10
};

// What changed, so that views refresh without polling. Called on whatever thread made the change.
enum class Change {
    Patients,
    Consents,
    Drafts,
    Outbox,
    Documents,
    Audit,
    Settings,
    Lock,
    Terms,
    Images,
    Pacs
};

class Profile {
public:
    // First use of an empty folder creates the profile with options.user (default "doctor") and the
    // passphrase.
    static base::Result<std::shared_ptr<Profile>> open(OpenOptions options);
    // Whether a profile exists there, and the users that may unlock it (no secrets needed).
    static bool exists(const QString &dataDir);
    static QStringList users(const QString &dataDir);
    static int minimumPassphraseLength(); // characters, of a new account
    // The platform's data folder for this program.
    static QString defaultDataDir();
    ~Profile();

    PatientService &patients();
    ConsentService &consents();
    ComposeService &compose();
    OutboxService &outbox();
    RecordService &records();
    AuditService &audit();
    SiteService &site();
    TermService &terms();
    AccountService &accounts();
    SettingsService &settings();
    ImageService &images();
    ImageSharing &sharing();
    PacsService &pacs();

    // Returns a token; the listener is gone when the token is destroyed.
    using Listener = std::function<void(Change)>;
    [[nodiscard]] std::shared_ptr<void> listen(Listener listener);

    // Starts the outbox worker, the watch for answers and the audit delivery; destroyed with the profile.
    void startBackgroundWork();

    struct Internals; // of services only
    Internals &internals();

private:
    explicit Profile(std::unique_ptr<Internals> internals);
    std::unique_ptr<Internals> m;
};

} // namespace naru::services
