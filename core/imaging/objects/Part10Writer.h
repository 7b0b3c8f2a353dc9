// Data sets to bytes: Part 10 files (PS3.10 clause 7) and bare data sets for DIMSE. Text goes out as UTF-8
// with Specific Character Set ISO_IR 192, sequences with defined lengths, group lengths not at all.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/objects/DataSetValue.h"

#include <functional>

class QIODevice;

namespace naru::imaging {

// Bytes that a BulkReference means: `length` bytes from `offset` of the source, or an error.
using BulkReader = std::function<base::Result<QByteArray>(qint64 offset, qint64 length)>;
// Reads a descriptor that stays open as long as the reader is used, or bytes.
BulkReader bulkReader(int descriptor);
BulkReader bulkReader(const QByteArray &bytes);

struct WriteOptions {
    // Empty: Explicit VR Little Endian. Implicit Little Endian, or one of the encapsulated syntaxes, whose
    // data sets are explicit little endian; deflated and big endian ones are refused
    // (imaging.UnsupportedSyntax).
    QString transferSyntax{};
    QString sopClass{}, sopUid{}; // of the meta header; empty: those of the data set
    BulkReader bulk{}; // without one, a data set with bulk references is refused (imaging.BulkMissing)
};

// The whole file in memory. Needs SOP Class and SOP Instance UID (imaging.Incomplete).
base::Result<QByteArray> writePart10(const DataSetValue &set, const WriteOptions &options = {});
// To a device, bulk values copied in pieces: memory does not grow with the pixels. imaging.WriteFailed.
base::Status writePart10To(QIODevice &out, const DataSetValue &set, const WriteOptions &options = {});
// Without preamble and meta header, as a P-DATA stream has it.
base::Result<QByteArray> encodeDataSet(const DataSetValue &set, const WriteOptions &options = {});

} // namespace naru::imaging
