// Any bytes as a CDA document: read, checked, rendered; a document of ours must also survive being written
// again.
// rooms: cda
#include "core/cda/read/CdaReader.h"
#include "core/cda/render/Render.h"
#include "core/cda/rules/Rules.h"
#include "core/cda/write/CdaWriter.h"

#include <QJsonObject>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    using namespace naru;
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    cda::ReadBudget budget;
    budget.xml.bytes = 1 << 20;
    budget.xml.elements = 20'000;
    budget.entries = 2'000;
    (void)cda::checkBytes(bytes, {}, budget);
    const auto read = cda::readDocument(bytes, budget);
    if (!read)
        return 0;
    (void)cda::plainText(*read);
    (void)cda::html(*read);
    (void)cda::json(*read);
    if (const auto again = cda::writeDocument(read->document)) {
        if (!cda::readDocument(*again)) // what we write we can read
            __builtin_trap();
    }
    return 0;
}
