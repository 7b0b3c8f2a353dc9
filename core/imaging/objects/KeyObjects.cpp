#include "core/imaging/objects/KeyObjects.h"
#include "core/base/Digest.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Content.h"

#include <QHash>

#include <algorithm>

namespace naru::imaging {

using content::Relation;

namespace {
constexpr int MaximumUid = 64;

base::Error incomplete(const char *what)
{
    return base::Error(errors::Incomplete, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

std::vector<DataSetValue> requestItems(const std::vector<ImagingRequest> &requests)
{
    std::vector<DataSetValue> out;
    for (const ImagingRequest &request : requests) {
        DataSetValue item;
        item.setText(attr::StudyUid, request.studyUid);
        item.setItems(attr::ReferencedStudySequence, {});
        item.setText(attr::Accession, request.accession);
        if (!request.issuerOfAccession.isEmpty()) {
            DataSetValue issuer;
            issuer.setText(attr::UniversalEntityId, request.issuerOfAccession);
            issuer.setText(attr::UniversalEntityType, QStringLiteral("ISO"));
            item.setItem(attr::IssuerOfAccession, std::move(issuer));
        }
        item.setText(attr::PlacerOrder, request.placerOrder);
        item.setText(attr::FillerOrder, request.fillerOrder);
        item.setText(attr::ProcedureId, request.procedureId);
        item.setText(attr::ProcedureDescription, request.procedureDescription);
        item.setItems(attr::ProcedureCode, {});
        if (!request.procedure.isEmpty())
            item.setItem(attr::ProcedureCode, codeItem(request.procedure));
        out.push_back(std::move(item));
    }
    return out;
}

ImagingRequest requestOf(const DataSetValue &item)
{
    ImagingRequest out;
    out.studyUid = item.text(attr::StudyUid);
    out.accession = item.text(attr::Accession);
    if (const DataSetValue *issuer = item.item(attr::IssuerOfAccession))
        out.issuerOfAccession = issuer->text(attr::UniversalEntityId);
    out.placerOrder = item.text(attr::PlacerOrder);
    out.fillerOrder = item.text(attr::FillerOrder);
    out.procedureId = item.text(attr::ProcedureId);
    out.procedureDescription = item.text(attr::ProcedureDescription);
    out.procedure = codeIn(item, attr::ProcedureCode);
    return out;
}

base::Status check(const KeyObjectDocument &document)
{
    if (document.title.isEmpty())
        return incomplete("title");
    bool any = false;
    for (const ReferencedStudy &study : document.studies) {
        if (study.studyUid.isEmpty())
            return incomplete("study");
        for (const ReferencedSeries &series : study.series) {
            any = any || !series.instances.empty();
            for (const ReferencedInstance &instance : series.instances) {
                if (series.seriesUid.isEmpty() || instance.sopUid.isEmpty() || instance.sopClass.isEmpty())
                    return incomplete("series, SOP class, SOP instance");
            }
        }
    }
    return any ? base::Status() : base::Status(incomplete("instance"));
}

// TID 2010: who chose, what is said of the choice, then what was chosen.
std::vector<DataSetValue> contentOf(const KeyObjectDocument &document)
{
    std::vector<DataSetValue> out;
    if (!document.modifier.isEmpty())
        out.push_back(content::codeItem(Relation::HasConcept, code("titleModifier"), document.modifier));
    if (!document.observer.isEmpty()) {
        out.push_back(content::codeItem(Relation::HasObservation, code("observerType"), code("person")));
        out.push_back(content::personItem(Relation::HasObservation, code("observerName"), document.observer));
    }
    if (!document.description.isEmpty())
        out.push_back(
            content::textItem(Relation::Contains, code("keyObjectDescription"), document.description));
    for (const ReferencedStudy &study : document.studies) {
        for (const ReferencedSeries &series : study.series) {
            for (const ReferencedInstance &instance : series.instances)
                out.push_back(content::referenceItem(Relation::Contains, {}, instance));
        }
    }
    return out;
}

// Frames are in the content only; the evidence names whole instances.
std::vector<ReferencedStudy> withoutFrames(std::vector<ReferencedStudy> studies)
{
    for (ReferencedStudy &study : studies) {
        for (ReferencedSeries &series : study.series) {
            for (ReferencedInstance &instance : series.instances)
                instance.frames.clear();
        }
    }
    return studies;
}

void readContent(const DataSetValue &set, KeyObjectDocument &out)
{
    QHash<QString, std::vector<int>> frames;
    for (const DataSetValue &item : set.items(attr::ContentSequence)) {
        if (content::isNamed(item, "titleModifier") && out.modifier.isEmpty())
            out.modifier = codeIn(item, attr::ConceptCode);
        else if (content::isNamed(item, "observerName"))
            out.observer = item.text(attr::PersonName);
        else if (content::isNamed(item, "keyObjectDescription"))
            out.description = item.text(attr::TextValue);
        else if (const DataSetValue *reference = item.item(attr::ReferencedSop)) {
            const ReferencedInstance instance = instanceOf(*reference);
            if (!instance.frames.empty())
                frames.insert(instance.sopUid, instance.frames);
        }
    }
    for (ReferencedStudy &study : out.studies) {
        for (ReferencedSeries &series : study.series) {
            for (ReferencedInstance &instance : series.instances)
                instance.frames = frames.value(instance.sopUid);
        }
    }
}
} // namespace

base::Result<DataSetValue> toDataSet(const KeyObjectDocument &document)
{
    NARU_TRY(check(document));
    ObjectHeader header = document.header;
    if (header.subject.studyUid.isEmpty())
        header.subject.studyUid = document.studies.front().studyUid;
    if (!header.made.isValid())
        header.made = QDateTime::currentDateTime();
    DataSetValue set;
    putHeader(header, base::oid("sopKeyObjects").text(), QStringLiteral("KO"), set);
    set.setItems(attr::PerformedStepReference, {});
    set.setText(attr::ContentDate, dicomDate(header.made));
    set.setText(attr::ContentTime, dicomTime(header.made));
    set.setItems(attr::ReferencedRequest, requestItems(document.requests));
    if (document.requests.empty())
        set.remove(attr::ReferencedRequest);
    set.setItems(attr::CurrentEvidence, evidenceItems(withoutFrames(document.studies)));
    content::putRoot(set, document.title, QStringLiteral("2010"), contentOf(document));
    return set;
}

base::Result<KeyObjectDocument> keyObjectsOf(const DataSetValue &set)
{
    if (set.text(attr::SopClass) != base::oid("sopKeyObjects").text())
        return errors::WrongObject;
    KeyObjectDocument out;
    out.header = headerOf(set);
    out.title = content::nameOf(set);
    out.studies = evidenceOf(set.items(attr::CurrentEvidence));
    for (const DataSetValue &item : set.items(attr::ReferencedRequest))
        out.requests.push_back(requestOf(item));
    readContent(set, out);
    return out;
}

base::Result<QString> newManifestUid(const ManifestUidRule &rule, const QDateTime &when)
{
    if (rule.root.isEmpty())
        return newUid();
    QString arc = rule.time ? when.toString(QStringLiteral("yyyyMMddHHmmss")) : QString();
    if (!base::Oid::parse(rule.root) || rule.randomDigits < 0 || rule.randomDigits > MaximumUid)
        return errors::BadUidRule;
    // Bytes of 250 and more are passed over, so that every digit is as likely; an arc does not begin with 0.
    while (arc.size() < (rule.time ? 14 : 0) + rule.randomDigits) {
        for (const char byte : base::randomBytes(rule.randomDigits + 8)) {
            const QChar digit(u'0' + uchar(byte) % 10);
            const bool first = arc.isEmpty() && digit == QLatin1Char('0');
            if (uchar(byte) < 250 && !first && arc.size() < (rule.time ? 14 : 0) + rule.randomDigits)
                arc.append(digit);
        }
    }
    const QString uid = rule.root + QLatin1Char('.') + arc;
    if (arc.isEmpty() || uid.size() > MaximumUid || !base::Oid::parse(uid))
        return errors::BadUidRule;
    return uid;
}

} // namespace naru::imaging
