// Writes CDA elements: default namespace urn:hl7-org:v3, layout that never changes, no white space where it
// would be content. Keeps the first fault (a character XML 1.0 cannot carry, a code that is no token) instead
// of writing broken XML.
#pragma once

#include "core/base/Result.h"
#include "core/clinical/Coded.h"
#include "core/clinical/Parties.h"

#include <initializer_list>

namespace naru::cda {

class XmlOut {
public:
    struct Attribute {
        const char *name;
        QString value;
    };
    using Attributes = std::initializer_list<Attribute>;

    XmlOut();
    // What is being written, for errors: "problems[0].code".
    void setPlace(const QString &place) { m_place = place; }

    XmlOut &start(const char *name, Attributes attributes = {}); // empty values are left out
    XmlOut &startMixed(const char *name, Attributes attributes = {}); // content is text: no layout inside
    XmlOut &text(const QString &text);
    XmlOut &lines(const QString &text); // line ends become <br/>
    XmlOut &end();
    XmlOut &empty(const char *name, Attributes attributes = {});
    XmlOut &leaf(const char *name, const QString &text, Attributes attributes = {});

    // Data types of CDA R2.
    // `qualified`: the element is a CD by its schema, so that side and severity may stand in it; an xsi:type
    // of CD is one anyway.
    XmlOut &coded(const char *name, const clinical::CodedValue &value, const char *xsiType = nullptr,
        bool qualified = false);
    XmlOut &fixedCode(const char *name, const char *code, const char *oidName);
    XmlOut &id(const char *name, const clinical::Identifier &id);
    XmlOut &time(const char *name, const base::Timestamp &time); // nullFlavor UNK when null
    XmlOut &interval(
        const char *name, const base::Timestamp &low, const base::Timestamp &high, bool asIvl = false);
    XmlOut &telecom(const QString &phone);
    XmlOut &address(const clinical::Address &address);
    XmlOut &personName(const QString &name);
    // PQ when `value` is a decimal number and the unit fits, else ST.
    XmlOut &measurement(const QString &value, const QString &unit);
    XmlOut &reference(const QString &id); // <text><reference value="#id"/></text>

    base::Result<QByteArray> finish();
    void fail(const base::Error &error);

private:
    struct Open {
        QByteArray name{};
        bool mixed = false;
        bool children = false;
    };
    void open(const char *name, Attributes attributes, bool close);
    void escape(const QString &text, bool attribute);
    void newLine();
    void checkToken(const QString &token);
    void checkUid(const QString &uid);
    void qualifier(const char *axis, const QString &value); // nothing for an empty value

    QByteArray m_out{};
    std::vector<Open> m_open{};
    QString m_place{};
    bool m_pending = false; // the start tag still lacks its '>'
    std::optional<base::Error> m_fault{};
};

// xs:decimal without sign games: "7", "-7.10".
bool isDecimal(const QString &text);

} // namespace naru::cda
