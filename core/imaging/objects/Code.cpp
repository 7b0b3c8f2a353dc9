#include "core/imaging/objects/Code.h"
#include "core/base/Tsv.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/tables/codesTable.h"

#include <QHash>

namespace naru::imaging {

namespace {
constexpr qsizetype ShortValue = 16; // of SH; a longer code has an attribute of its own (PS3.3 8.1)
}

Code code(const char *name)
{
    static const QHash<QString, Code> all = [] {
        QHash<QString, Code> out;
        const auto table = base::TsvTable::parse(tables::codes);
        for (const QStringList &row : table.rows())
            out.insert(row.value(0), {row.value(1), row.value(2), row.value(3)});
        return out;
    }();
    return all.value(QLatin1String(name));
}

DataSetValue codeItem(const Code &code)
{
    DataSetValue item;
    const bool urn = code.scheme.isEmpty();
    item.setText(urn                         ? attr::UrnCodeValue
            : code.value.size() > ShortValue ? attr::LongCodeValue
                                             : attr::CodeValue,
        code.value);
    if (!urn)
        item.setText(attr::CodeScheme, code.scheme);
    item.setText(attr::CodeMeaning, code.meaning.isEmpty() ? code.value.left(64) : code.meaning.left(64));
    return item;
}

Code codeOf(const DataSetValue &item)
{
    for (const quint32 tag : {attr::CodeValue, attr::LongCodeValue, attr::UrnCodeValue}) {
        if (const QString value = item.text(tag); !value.isEmpty())
            return {value, item.text(attr::CodeScheme), item.text(attr::CodeMeaning)};
    }
    return {};
}

Code codeIn(const DataSetValue &set, quint32 sequence)
{
    const DataSetValue *item = set.item(sequence);
    return item ? codeOf(*item) : Code();
}

} // namespace naru::imaging
