// Takes the text of every <Document> element out of a SOAP answer while it arrives and decodes its base64, so
// that a large inline document is never held as text. What is left of the XML goes to `residue`. Works on
// bytes (UTF-8).
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <functional>
#include <vector>

namespace naru::ihe {

class InlineDocuments {
public:
    struct Handler {
        std::function<base::Status()> begin{}; // the first character of a document
        std::function<base::Status(QByteArrayView)> data{};
        std::function<base::Status(bool complete)> end{}; // false: broken base64
    };
    explicit InlineDocuments(Handler handler)
        : m_handler(std::move(handler))
    {
    }

    base::Status feed(QByteArrayView bytes);
    base::Status finish(); // ihe.Soap when inside a tag or document
    QByteArray takeResidue() { return std::move(m_residue); }
    // By ordinal of the Document elements: number of the inline body, or -1 when the element had no text.
    const std::vector<int> &ordinals() const { return m_ordinals; }

private:
    base::Status markup(bool &more);
    base::Status tag(QByteArrayView text);
    base::Status content(QByteArrayView text);
    base::Status decode(bool last);
    base::Status endDocument();

    Handler m_handler{};
    QByteArray m_buffer{};
    QByteArray m_residue{};
    QByteArray m_base64{};
    std::vector<int> m_ordinals{};
    int m_bodies = 0;
    bool m_inDocument = false;
    bool m_begun = false;
    bool m_broken = false;
    bool m_entity = false;
    bool m_padded = false;
};

} // namespace naru::ihe
