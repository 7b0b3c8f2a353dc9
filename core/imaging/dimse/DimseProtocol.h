// Words between the program and a naru-dimse child. The parent's first message is Setup; the child confines
// itself and answers Ready. From then on one question at a time: a Verb, any number of events (some of which
// the child wants answered before it goes on), and Done. Each side takes the other for hostile.
#pragma once

#include <QtGlobal>

namespace naru::imaging::dimse::protocol {

enum Key : int {
    Verb = 1,
    Ok = 2,
    ErrorCode = 3, // a code of dimse/errors.tsv
    ErrorArguments = 4,
    Version = 5,
    // Setup
    Address = 10,
    Port = 11,
    CalledAe = 12,
    CallingAe = 13,
    Tls = 14, // descriptors: our PEM (certificates and key), the authorities' PEM
    TlsName = 15,
    ConnectSeconds = 16,
    AnswerSeconds = 17,
    InstanceBytes = 18,
    Matches = 19,
    Acceptor = 20,
    // Questions
    Contexts = 30, // [[abstract syntax, role, [transfer syntax ...]] ...]
    Accepted = 31, // [[context, transfer syntax] ...]; context 0: refused
    SopClass = 32,
    SopUid = 33,
    Syntax = 34,
    Dataset = 35, // [[tag, vr, bytes or [items]] ...]
    Destination = 36,
    Wanted = 37, // [[tag, vr] ...]
    Seconds = 38,
    Instances = 39, // [[class, uid] ...]
    // Events and answers
    Status = 50,
    Comment = 51,
    More = 52,
    Values = 53, // {tag: text}
    Size = 54,
    Counts = 55, // [completed, failed, warning, remaining]
    FailedUids = 56,
    Transaction = 57,
    Failures = 58, // [[class, uid, reason] ...]
    Step = 59
};

enum Word : int {
    Setup = 1,
    Ready = 2,
    Associate = 3,
    Release = 4,
    Echo = 5,
    Find = 6,
    Get = 7,
    Move = 8,
    Store = 9,
    Commit = 10,
    Accept = 11, // descriptor: a connected socket
    Done = 20,
    Matched = 21, // event
    Arrived = 22, // event with a descriptor; wants Answer with Status
    Progress = 23, // event
    Committed = 24, // event; wants Answer with Ok
    Asks = 25, // event: who calls; wants Answer with Ok
    Answer = 26
};

enum Role : int { Default = 0, Provider = 1 }; // Provider: of C-GET, the asker stores

constexpr int CurrentVersion = 1;
constexpr quint32 MaximumMessage = 16 * 1024 * 1024;
constexpr int MaximumContexts = 128; // PS3.8 9.3.2.2: odd numbers of one byte
constexpr int MaximumUids = 100'000; // of one report of storage commitment: a long study

} // namespace naru::imaging::dimse::protocol
