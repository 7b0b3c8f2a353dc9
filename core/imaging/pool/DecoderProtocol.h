// Words of the messages: integer keys, so that requests stay small. A request is answered by exactly one
// message with the same number; a child's first message is Ready.
#pragma once

#include <QtGlobal>

namespace naru::imaging::protocol {

enum Key : int {
    Id = 1, // of the request, repeated in the answer
    Verb = 2,
    Source = 3, // number of the file; a child keeps what it parsed of the last ones
    Frame = 4,
    // 5 was an offset in the shared memory
    Bytes = 6, // size of the frame the parent expects; limit of a payload
    Ok = 10,
    ErrorCode = 11, // a code of imaging/errors.tsv
    ErrorArguments = 12,
    Facts = 13,
    Rows = 14,
    Columns = 15,
    Samples = 16,
    Type = 17,
    Payload = 18,
    Notes = 19, // of the frame just decoded
    Retire = 20, // the child has used up its processor time and ends
    Elements = 21, // limits of a data set, together with Bytes for all of its values
    Depth = 22,
    InlineBytes = 23,
    Values = 24, // the data set
    Threads = 25, // the child may use for this frame; 1 when absent
    Halvings = 26 // a smaller picture of the frame; 0 when absent
};

enum Verb_ : int { AskFacts = 1, AskShape = 2, AskFrame = 3, AskPayload = 4, Ready = 5, AskDataSet = 6 };

constexpr int Version = 2;
// A child writes its frames to the start of the memory that came with this request or with an earlier one,
// and keeps that mapped, unless it is larger than this.
constexpr qint64 KeptMemory = 16 * 1024 * 1024;
constexpr qint64 MaximumPayload = 64 * 1024 * 1024;

} // namespace naru::imaging::protocol
