// What the Korean exchange forms look like as CDA R2: template OIDs, document and section codes, section
// order. None of it is confirmed by a primary source (korea-documents 2.2, 4), so all of it is data:
// standard() reads cda/tables/*.tsv and a deployment may change any row before it writes.
#pragma once

#include "core/clinical/Document.h"

#include <QStringList>
#include <map>

namespace naru::cda {

// One exchange form. `templateIds` start with the Korean one; all of them are written in this order.
struct FormTemplate {
    clinical::Form form = clinical::Form::Unknown;
    QStringList templateIds{};
    clinical::CodedValue code{}; // ClinicalDocument/code; without a code it is written with nullFlavor
    QStringList
        sections{}; // keys, in document order; a trailing '!' marks a section that is written even when empty
    friend bool operator==(const FormTemplate &, const FormTemplate &) = default;
};

// One kind of section: key is also the name of its member in clinical::Content where it has one.
struct SectionTemplate {
    QString key{};
    clinical::CodedValue code{}; // LOINC or DCM, display Korean, displayEn English
    QStringList templateIds{};
    QStringList
        aliasCodes{}; // further codes and templates the reader takes for this section (10164-2 for 과거병력)
    friend bool operator==(const SectionTemplate &, const SectionTemplate &) = default;
};

struct WriteProfile {
    std::vector<FormTemplate> forms{};
    std::vector<SectionTemplate> sections{};
    QString languageCode = QStringLiteral("ko");
    QString realmCode = QStringLiteral("KR");
    // relatedDocument/@typeCode when Document::replaces is set: RPLC (a correction) or XFRM (another version
    // of it).
    QString relation = QStringLiteral("RPLC");
    bool relayAct = true; // write the insurer's six-position act (9.1)

    static const WriteProfile &standard();
    const FormTemplate *form(clinical::Form form) const;
    const SectionTemplate *section(const QString &key) const;
    // By code first (templates are shared between sections), then by template; nullptr when unknown to this
    // profile.
    const SectionTemplate *sectionFor(const QStringList &templateIds, const clinical::CodedValue &code) const;
    // By the Korean template only: the document codes are used all over the world.
    clinical::Form formFor(const QStringList &templateIds) const;
    // The document code of a site profile replaces the table's.
    void setDocumentCode(clinical::Form form, const clinical::CodedValue &code);
};

} // namespace naru::cda
