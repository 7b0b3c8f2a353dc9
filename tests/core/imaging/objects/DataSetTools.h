// Data sets of the tests of values: read back from a file, from JSON, nested.
#pragma once

#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/JsonModel.h"
#include "core/imaging/objects/Part10Writer.h"
#include "tests/core/imaging/read/TestImage.h"

namespace naru::imaging::test {

inline base::Result<DataSetValue> readBack(const QByteArray &file, const DataSetLimits &limits = {})
{
    auto instance = openBytes(file);
    if (!instance)
        return instance.error();
    return (*instance)->dataSet(limits);
}

// JSON with the quotation marks that C++ likes.
inline QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

inline DataSetValue nested(int depth)
{
    DataSetValue set;
    set.setText(attr::Modality, QStringLiteral("CT"));
    for (int i = 0; i < depth; ++i) {
        DataSetValue outer;
        outer.setItem(attr::ContentSequence, set);
        set = outer;
    }
    set.setText(attr::SopClass, QStringLiteral("1.2.3"));
    set.setText(attr::SopUid, QStringLiteral("1.2.3.4"));
    return set;
}

} // namespace naru::imaging::test
