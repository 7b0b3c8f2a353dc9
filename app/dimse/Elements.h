// Data sets of queries and reports: written from the parent's list, read as texts by the bounded reader of
// core/imaging/decode.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/decode/DataSet.h"

#include <QCborArray>
#include <QCborMap>

#include <memory>

namespace naru::dimse {

// [[tag, vr, bytes or [[items of that form] ...]] ...], in ascending order.
QByteArray encodeElements(const QCborArray &elements, bool explicitVr);
// dimse.Garbage for what is no data set, is deeper than 64 sequences or too long.
constexpr qint64 MostElements = 100'000;
base::Result<imaging::DataSet> readElements(
    const QByteArray &bytes, const QByteArray &syntax, qint64 mostElements = MostElements);
// {tag: text} of the attributes in `wanted` ([[tag, vr] ...]) that are there.
QCborMap texts(const imaging::DataSet &set, const QCborArray &wanted);
QStringList uids(const imaging::DataSet &set, quint32 tag, int most);

} // namespace naru::dimse
