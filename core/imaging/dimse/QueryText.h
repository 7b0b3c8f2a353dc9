// The texts of a query as bytes (PS3.5 6.1): what we ask in. Answers are read by the child.
#pragma once

#include "core/imaging/dimse/DimseTypes.h"

#include <QCborArray>

namespace naru::imaging::dimse {

// VR of an attribute of tables/query.tsv; empty when it is none.
QByteArray vrOf(quint32 tag);
// dimse.Invalid where the character set lacks a character of `text`.
base::Result<QByteArray> encodeText(const QString &text, const QByteArray &vr, const QString &characterSet);
// The identifier of a C-FIND, C-GET or C-MOVE as the child takes it: level and character set added, sorted.
base::Result<QCborArray> identifier(const Query &query);
QString levelName(Level level);

} // namespace naru::imaging::dimse
