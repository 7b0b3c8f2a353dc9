// Values of the DICOM network (PS3.7, PS3.8): nodes, queries, instances that come and go. Everything a peer
// said has passed the confined child and valid(): UIDs are UIDs, texts are bounded Unicode.
#pragma once

#include "core/base/Error.h"
#include "core/base/Result.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace naru::imaging::dimse {

// PEM files of ours; the authorities are those that may have signed the peer's certificate.
struct Credentials {
    QString certificate{}, key{}, authorities{};
    friend bool operator==(const Credentials &, const Credentials &) = default;
};

struct Node {
    QString name{}; // for people and errors
    QString host{}; // IPv4 address or name
    int port = 104;
    QString calledAe{}, callingAe{}; // at most 16 characters, no backslash
    bool tls = false; // TLS 1.2 or later, profile BCP 195, certificates both ways
    Credentials credentials{};
    // The name in the peer's certificate; empty: `host`; "*": any that the authorities signed, since
    // modalities often carry a certificate of another name.
    QString tlsName{};
    friend bool operator==(const Node &, const Node &) = default;
};

struct Limits {
    QString program{}; // naru-dimse; empty: beside the running program
    int connectSeconds = 10;
    int answerSeconds = 30; // longest silence of a peer that owes something
    // The same of one that is asked to move: some say nothing before the last image has gone (PS3.4 C.4.2.3.1
    // leaves pending answers to them).
    int moveSeconds = 300;
    qint64 instanceBytes = 4LL << 30; // of one received instance
    int matches = 5000; // of one query; a query with more is cut short with C-CANCEL
    qint64 memory = 512LL << 20; // a child's own memory, instances not counted
};

enum class Model : char { Study, Patient };
enum class Level : char { Patient, Study, Series, Image };

struct Key {
    quint32 tag = 0;
    QString value{}; // empty: wanted in the answer; with '*' '?' and "a-b" as PS3.4 C.2.2.2 defines them
};

struct Query {
    Model model = Model::Study;
    Level level = Level::Study;
    std::vector<Key> keys{}; // attributes of tables/query.tsv
    QString characterSet = QStringLiteral("ISO_IR 192"); // or "ISO 2022 IR 149", "ISO_IR 100", ""
};

using Match = QMap<quint32, QString>; // values of several are separated by '\'

struct FindResult {
    std::vector<Match> matches{};
    bool more = false; // cut short at Limits::matches, or by the node, which said so
};

// One instance as it came: `part10` is preamble, meta header (PS3.10) and the data set's bytes unchanged. It
// is a view of memory that lives as long as `memory`.
struct Received {
    QByteArray part10{};
    std::shared_ptr<void> memory{};
    QString sopClass{}, sopUid{}, transferSyntax{};
    QString callingAe{}; // of who sent it; the node's AE title for C-GET
};
// Whatever it returns decides what the peer is told: success only after ok().
using Receiver = std::function<base::Status(const Received &)>;

struct SubOperations { // of C-GET and C-MOVE
    int completed = 0, failed = 0, warning = 0, remaining = 0;
    int status = 0; // of the last answer; 0 success, B000 some failed
    QStringList failedUids{}; // as far as the peer names them
    friend bool operator==(const SubOperations &, const SubOperations &) = default;
};
using SubProgress = std::function<void(const SubOperations &)>;

struct Instance { // to send
    QString sopClass{}, sopUid{}, transferSyntax{};
    std::function<base::Result<QByteArray>()> bytes{}; // Part 10 file, or a bare data set; called when due
};

struct StoreOutcome { // of one instance; ok, warning or failed, never two of them
    enum class State : char { Stored, Warning, Failed };
    State state = State::Failed;
    QString sopUid{};
    int status = -1; // DIMSE status; -1: none came
    base::Error error{}; // of a failure
};

// Whether trying again over a new association may help: not when the node answered for good.
bool mayRepeat(const StoreOutcome &outcome);

struct InstanceName {
    QString sopClass{}, sopUid{};
    friend bool operator==(const InstanceName &, const InstanceName &) = default;
};

struct Commitment { // PS3.4 annex J: what the archive answers for
    QString transaction{}; // UID
    std::vector<InstanceName> committed{};
    struct Failure {
        InstanceName instance{};
        int reason = 0; // PS3.3 C.14.1.1
    };
    std::vector<Failure> failed{};
};

// What the standard allows, no more: hostile strings end here.
bool validAeTitle(const QString &title);
bool validUid(const QString &uid);

} // namespace naru::imaging::dimse
