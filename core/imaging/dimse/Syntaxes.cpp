#include "core/imaging/dimse/Syntaxes.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/imaging/Errors.h"
#include "core/imaging/dimse/DimseProtocol.h"
#include "core/imaging/dimse/tables/storageTable.h"

#include <QCborArray>

#include <algorithm>
#include <array>

namespace naru::imaging::dimse {

namespace {
constexpr int OutOfResources = 0xA700, CannotUnderstand = 0xC000; // PS3.4 B.2.3
} // namespace

QStringList plainSyntaxes()
{
    return {base::oid("tsExplicitLE").text(), base::oid("tsImplicitLE").text()};
}

QStringList storedSyntaxes()
{
    QStringList out;
    for (const char *name : {"tsExplicitLE", "tsImplicitLE", "tsJpegLosslessSv1", "tsJ2kLossless",
             "tsJpegLsLossless", "tsJpegBaseline", "tsRle", "tsJ2k", "tsJpegExtended", "tsHtj2kLossless",
             "tsJpegLossless", "tsHtj2k", "tsHtj2kLosslessRpcl", "tsJpegLsNear", "tsMpeg4High", "tsMpeg4Bd",
             "tsMpeg2Main", "tsMpeg2High", "tsDeflated", "tsExplicitBE"})
        out.append(base::oid(name).text());
    return out;
}

QStringList usualStorageClasses()
{
    QStringList out;
    const base::TsvTable table = base::TsvTable::parse(tables::storage);
    for (int row = 0; row < table.rowCount(); ++row)
        out.append(base::oid(table.at(row, "name").toLatin1().constData()).text());
    return out;
}

QCborMap answerTo(const base::Status &kept)
{
    QCborMap out{{qint64(protocol::Verb), int(protocol::Answer)}, {qint64(protocol::Ok), bool(kept)}};
    if (kept)
        return out;
    constexpr std::array unreadable{imaging::errors::NotDicom, imaging::errors::Truncated,
        imaging::errors::Malformed, imaging::errors::TooDeep, imaging::errors::NoPixels,
        imaging::errors::DecoderCrashed};
    const bool forGood = std::any_of(unreadable.begin(), unreadable.end(),
        [&kept](const base::ErrorCode &code) { return kept.error().is(code); });
    out.insert(qint64(protocol::Status), forGood ? CannotUnderstand : OutOfResources);
    return out;
}

Commitment commitmentOf(const QCborMap &map)
{
    Commitment out;
    out.transaction = map.value(qint64(protocol::Transaction)).toString();
    if (!validUid(out.transaction))
        out.transaction.clear();
    const auto names = [&map](protocol::Key key, const auto &take) {
        const QCborArray list = map.value(qint64(key)).toArray();
        for (qsizetype i = 0; i < qMin<qsizetype>(list.size(), protocol::MaximumUids); ++i) {
            const QCborArray one = list.at(i).toArray();
            const InstanceName name{one.at(0).toString(), one.at(1).toString()};
            if (validUid(name.sopClass) && validUid(name.sopUid))
                take(name, int(one.at(2).toInteger()));
        }
    };
    names(protocol::Instances, [&out](const InstanceName &name, int) { out.committed.push_back(name); });
    names(protocol::Failures, [&out](const InstanceName &name, int reason) {
        out.failed.push_back({name, reason});
    });
    return out;
}

} // namespace naru::imaging::dimse
