#include "core/ihe/rad69/Rad69.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/ihe/Errors.h"
#include "core/ihe/metadata/Metadata.h"
#include "core/ihe/rad69/syntaxesTable.h"
#include "core/ihe/soap/Namespaces.h"

#include <QXmlStreamWriter>

#include <algorithm>

namespace naru::ihe {

const TransactionInfo Rad69::info{"RAD-69", "urn:ihe:rad:2009:RetrieveImagingDocumentSet",
    "urn:ihe:rad:2009:RetrieveImagingDocumentSetResponse", true, true, true, TransactionRecord::Kind::Import,
    'C'};

namespace {
base::Error incomplete(const QString &what)
{
    return base::Error(errors::Query, what, {{QStringLiteral("what"), what}});
}

// Images of one study stand together, and those of one series within it; the order is kept otherwise.
struct SeriesGroup {
    QString studyUid{}, seriesUid{};
    QStringList images{};
};

std::vector<SeriesGroup> grouped(const std::vector<ImageReference> &images)
{
    std::vector<SeriesGroup> out;
    for (const ImageReference &image : images) {
        const auto same = std::find_if(out.begin(), out.end(), [&image](const SeriesGroup &group) {
            return group.studyUid == image.studyUid && group.seriesUid == image.seriesUid;
        });
        SeriesGroup &group =
            same != out.end() ? *same : out.emplace_back(SeriesGroup{image.studyUid, image.seriesUid, {}});
        group.images.append(image.sopUid);
    }
    std::stable_sort(out.begin(), out.end(),
        [](const SeriesGroup &a, const SeriesGroup &b) { return a.studyUid < b.studyUid; });
    return out;
}

// The same question as ITI-43 would put it: its answer has the same shape.
RetrieveQuestion asDocuments(const ImagingQuestion &question)
{
    RetrieveQuestion out;
    for (const ImageReference &image : question.images)
        out.documents.push_back({question.repositoryUniqueId, image.sopUid, question.homeCommunityId});
    out.patientId = question.patientId;
    return out;
}
} // namespace

bool isDicomUid(const QString &text)
{
    const auto allowed = [](QChar c) {
        return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('.');
    };
    return !text.isEmpty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed)
        && !text.startsWith(QLatin1Char('.')) && !text.contains(QLatin1String(".."));
}

QStringList readableTransferSyntaxes()
{
    static const QStringList all = [] {
        QStringList out;
        const base::TsvTable table = base::TsvTable::parse(tables::syntaxes);
        for (int row = 0; row < table.rowCount(); ++row)
            out.append(base::oid(table.at(row, "oid").toLatin1().constData()).text());
        return out;
    }();
    return all;
}

base::Status Rad69::validate(const Question &question)
{
    if (question.images.empty())
        return incomplete(QStringLiteral("no image asked for"));
    if (question.images.size() > Question::most())
        return incomplete(QStringLiteral("too many images in one request"));
    if (question.repositoryUniqueId.isEmpty())
        return incomplete(QStringLiteral("the identifier of the imaging source is missing"));
    for (const ImageReference &image : question.images) {
        if (!isDicomUid(image.studyUid) || !isDicomUid(image.seriesUid) || !isDicomUid(image.sopUid))
            return incomplete(QStringLiteral("a study, series or instance UID is not one"));
    }
    return {};
}

base::Result<Outgoing> Rad69::encode(const Question &question)
{
    const QString rad = QString::fromLatin1(ns::rad), xds = QString::fromLatin1(ns::xds);
    Outgoing out;
    QXmlStreamWriter xml(&out.body);
    xml.writeNamespace(rad, QStringLiteral("iherad"));
    xml.writeNamespace(xds, QStringLiteral("xdsb"));
    xml.writeStartElement(rad, QStringLiteral("RetrieveImagingDocumentSetRequest"));
    QString study;
    for (const SeriesGroup &group : grouped(question.images)) {
        if (group.studyUid != study) {
            if (!study.isEmpty())
                xml.writeEndElement();
            study = group.studyUid;
            xml.writeStartElement(rad, QStringLiteral("StudyRequest"));
            xml.writeAttribute(QStringLiteral("studyInstanceUID"), study);
        }
        xml.writeStartElement(rad, QStringLiteral("SeriesRequest"));
        xml.writeAttribute(QStringLiteral("seriesInstanceUID"), group.seriesUid);
        for (const QString &image : group.images) {
            xml.writeStartElement(xds, QStringLiteral("DocumentRequest"));
            if (!question.homeCommunityId.isEmpty())
                xml.writeTextElement(xds, QStringLiteral("HomeCommunityId"),
                    QStringLiteral("urn:oid:") + bareOid(question.homeCommunityId));
            xml.writeTextElement(
                xds, QStringLiteral("RepositoryUniqueId"), bareOid(question.repositoryUniqueId));
            xml.writeTextElement(xds, QStringLiteral("DocumentUniqueId"), image);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeStartElement(rad, QStringLiteral("TransferSyntaxUIDList"));
    for (const QString &syntax :
        question.transferSyntaxes.isEmpty() ? readableTransferSyntaxes() : question.transferSyntaxes)
        xml.writeTextElement(rad, QStringLiteral("TransferSyntaxUID"), syntax);
    xml.writeEndElement();
    xml.writeEndElement();
    return out;
}

base::Result<RetrieveAnswer> Rad69::decode(const Question &question, Received &&received)
{
    return Iti43::decode(asDocuments(question), std::move(received));
}

std::vector<TransactionRecord> Rad69::audit(const Question &question, const Answer *answer)
{
    return Iti43::audit(asDocuments(question), answer);
}

} // namespace naru::ihe
