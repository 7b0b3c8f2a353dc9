// Asks one node, through a confined child that lives as long as the client and opens an association for each
// question. Not thread-safe: one client a thread. Errors name the node and the step: dimse.Dns, .Tcp, .Tls,
// .Rejected, .Context, .Status, .Timeout, .Aborted, .Lost, .Garbage, .TooLarge, .Crashed, .Stopped.
#pragma once

#include "core/base/WorkContext.h"
#include "core/imaging/dimse/DimseTypes.h"
#include "core/imaging/pool/Wire.h"

namespace naru::imaging::dimse {

class Child;

struct TestStep {
    QString step{}; // "settings" "dns" "tcp" "tls" "association" "echo"
    bool ok = false;
    QString detail{}; // what was found, such as the address
    base::Error error{};
};

class Client {
public:
    explicit Client(Node node, Limits limits = {});
    ~Client();
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    // Step by step, ends with the first that fails; TLS only where the node has it.
    std::vector<TestStep> test(const base::WorkContext &work = {});
    base::Status echo(const base::WorkContext &work = {});
    // Whether it takes a presentation context of this SOP class; dimse.Context: no.
    base::Status offers(const QString &sopClass, const base::WorkContext &work = {});
    base::Result<FindResult> find(const Query &query, const base::WorkContext &work = {});

    // C-GET: `query.keys` name what is wanted (UIDs), `sopClasses` what it consists of; a context for each
    // stored syntax, so that the node has no reason to decompress. Empty: the usual classes.
    base::Result<SubOperations> get(const Query &query, const QStringList &sopClasses,
        const Receiver &receiver, const base::WorkContext &work = {}, const SubProgress &progress = {});
    // C-MOVE: the node sends to the AE title `destination`, which it must know.
    base::Result<SubOperations> move(const Query &query, const QString &destination,
        const base::WorkContext &work = {}, const SubProgress &progress = {});
    // C-STORE over one association (a new one where it breaks: each instance is tried `attempts` times). An
    // outcome for every instance, in their order, also when the node vanishes; `each` is called as they come.
    using Each = std::function<void(const StoreOutcome &)>;
    base::Result<std::vector<StoreOutcome>> store(const std::vector<Instance> &instances,
        const base::WorkContext &work = {}, const Each &each = {}, int attempts = 3);
    // N-ACTION, then waits `waitSeconds` for the report on the same association. Without one the transaction
    // stays open (no committed, no failed) and the report comes to a Listener.
    // `transaction` is a new UID, known to whoever receives reports before this is called.
    base::Result<Commitment> commit(const QString &transaction, const std::vector<InstanceName> &instances,
        int waitSeconds = 5, const base::WorkContext &work = {});

    const Node &node() const { return m_node; }

private:
    struct Offer { // one presentation context
        QString abstractSyntax{};
        QStringList syntaxes{};
        bool provider = false;
    };
    using Event = std::function<base::Status(wire::Message &)>;
    base::Status open(const base::WorkContext &work);
    base::Status resolve();
    // The transfer syntax that each offer got; empty: refused.
    base::Result<QStringList> associate(
        const std::vector<Offer> &offers, const char *step, const base::WorkContext &work);
    void release(const base::WorkContext &work);
    base::Error named(base::Error error, const char *step) const;
    base::Result<QCborMap> converse(const QCborMap &request, const std::vector<int> &descriptors,
        const char *step, int seconds, const base::WorkContext &work, const Event &event = {});
    base::Result<SubOperations> retrieve(const QCborMap &request, const char *step, int seconds,
        const base::WorkContext &work, const Receiver &receiver, const SubProgress &progress);
    bool storeSome(const std::vector<Instance> &instances, std::vector<StoreOutcome> &outcomes,
        const std::vector<std::size_t> &due, const base::WorkContext &work, const Each &each);
    StoreOutcome storeOne(const Instance &instance, const base::WorkContext &work);

    Node m_node;
    Limits m_limits;
    QString m_address{};
    std::unique_ptr<Child> m_child;
};

} // namespace naru::imaging::dimse
