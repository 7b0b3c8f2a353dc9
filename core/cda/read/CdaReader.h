// Any CDA R2 document -> values. Never trusts: no DOCTYPE, no entities, no stylesheet, no network; budgets on
// size, depth, attributes, elements, narrative and entries. Prefixes do not matter, elements are found by
// local name.
//
// ReadDocument::document always has the header. Content (and consent) is recovered for every section whose
// template id or code the profile knows, in foreign documents too; document.form stays Unknown when neither
// template nor code is Korean.
//
// Warnings (ReadWarning::code; arguments in brackets):
//   narrative.value [entry, narrative]  narrative.unit [entry, narrative]  narrative.code [entry, narrative]
//       an entry says something that its narrative row does not: both are shown, neither is corrected
//   narrative.deadReference [id]   narrative.missing [section]   narrative.unsupported [element]
//   section.unknown [section]      text.hidden [characters]      xml.stylesheet
//   external.reference [kind]      media.missing [id]            media.unverified [id, type]
//   entry.limit [limit]            id.duplicate [id]             body.nonXml [type]
// Errors: base.Xml..., base.TooLarge, cda.NotCda (root is not ClinicalDocument), cda.Encoding (undecodable
// bytes), cda.Budget (argument `what`).
#pragma once

#include "core/base/Xml.h"
#include "core/cda/write/WriteProfile.h"
#include "core/clinical/ReadDocument.h"

namespace naru::cda {

struct ReadBudget {
    // 600,000 elements are a document of about 30,000 statements; the tree of twice as many would pass 512
    // MB.
    base::XmlBudget xml{64LL * 1024 * 1024, 128, 256, 600'000, 64LL * 1024 * 1024};
    int sections = 2'000;
    int entries = 100'000; // further ones are not read and a warning says so
    int warnings = 500;
    qint64 mediaBytes = 32LL * 1024 * 1024; // decoded, all media together
};

base::Result<clinical::ReadDocument> readDocument(const QByteArray &bytes, const ReadBudget &budget = {},
    const WriteProfile &profile = WriteProfile::standard());

// The same from a tree that was parsed already (rules look at both).
base::Result<clinical::ReadDocument> readTree(const base::XmlElement &root, const ReadBudget &budget = {},
    const WriteProfile &profile = WriteProfile::standard());
// Bytes -> tree with the checks of readDocument: UTF-8, UTF-16 and declared legacy encodings.
base::Result<base::XmlElement> parseCda(const QByteArray &bytes, const ReadBudget &budget = {});

// True for the file signatures of PNG and JPEG; fills the media type they really have.
bool sniffImage(const QByteArray &bytes, QString *mediaType);

// True when the document carries any section of the eight exchange forms with content that could be reused.
bool hasReusableContent(const clinical::ReadDocument &document);

} // namespace naru::cda
