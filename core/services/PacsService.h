// The link with image archives: nodes, questions, studies that are fetched and sent as durable jobs, and the
// storage provider. A job survives a kill of this program and of the node: a fetch goes on with what is
// missing here, a send with what the node has not accepted. Every method may be called from any thread.
#pragma once

#include "core/base/WorkContext.h"
#include "core/services/PacsTypes.h"
#include "core/services/Profile.h"
#include "core/services/Types.h"

#include <functional>
#include <memory>

namespace naru::services {

class PacsDesk;

class PacsService {
public:
    explicit PacsService(Profile::Internals &internals);
    ~PacsService();

    std::vector<PacsNode> nodes() const; // the first is the one to propose
    base::Result<PacsNode> node(const QString &name) const; // services.NoNode
    base::Status setNode(const PacsNode &node); // adds or replaces by name; dimse.Invalid; audited
    base::Status removeNode(const QString &name);
    base::Status preferNode(const QString &name); // to the front of nodes(); audited
    PacsListen listenSettings() const;
    base::Status setListenSettings(const PacsListen &settings); // audited

    // Step by step; ends with the first that fails.
    base::Result<std::vector<PacsTestStep>> test(const QString &node, const base::WorkContext &work = {});
    base::Result<PacsFound> find(
        const QString &node, const PacsQuery &query, const base::WorkContext &work = {});

    // Jobs: durable when these return. The background work does them, or run().
    // `patient`: the chart it goes into; images of another person are refused (services.ImagesOfAnother), a
    // study in another chart stays there (ImageOtherChart), and neither is tried again by itself.
    base::Result<QString> fetch(const QString &node, const QString &studyUid, const PatientKey &patient = {});
    base::Result<QString> send(const QString &studyKey, const QString &node);
    std::vector<PacsJob> jobs(); // newest first
    base::Result<PacsJob> job(const QString &id); // services.NoPacsJob
    base::Status retry(const QString &id);
    base::Status stop(const QString &id); // a running one stops after the instance at hand
    base::Status removeJob(const QString &id);
    // One job now, whether due or not; returns what became of it. services.WorkerBusy when another program
    // works on it.
    using Progress = std::function<void(const PacsJob &)>;
    base::Result<PacsJob> run(
        const QString &id, const base::WorkContext &work = {}, const Progress &progress = {});
    // All that are due; how many were done.
    base::Result<int> runDue(const base::WorkContext &work = {});

    // Storage provider for the nodes that may send. Returns its port.
    base::Result<int> startListening();
    // Whether these settings would work, without keeping them: "settings", "listen" (port, certificates; with
    // any port while it is on), "folder" for each watched one. Ends with the first that fails.
    std::vector<PacsTestStep> testListening(const PacsListen &settings) const;
    void stopListening();
    bool isListening() const;
    struct Arrivals {
        int kept = 0, failed = 0;
        int conflicts = 0; // of `kept`: other bytes under a known SOP instance UID, kept apart
    };
    Arrivals arrivals() const; // since it was started

    // Imports what lies complete in the watched folders and moves nothing; how many instances were new.
    base::Result<int> importFolders(const base::WorkContext &work = {});

    void startBackgroundWork(); // jobs, watched folders and, where set, listening

private:
    Profile::Internals &m;
    std::unique_ptr<PacsDesk> m_desk;
};

QString pacsStateKey(PacsJob::State state); // "queued" ...

} // namespace naru::services
