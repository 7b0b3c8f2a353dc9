#include "app/practice/imaging/ImagingEndpoints.h"

#include "app/practice/Endpoints.h"
#include "app/practice/imaging/ImageParts.h"
#include "app/practice/seed/imaging/Tags.h"
#include "core/base/Oid.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QXmlStreamWriter>

#include <set>

namespace naru::practice {

namespace {
constexpr auto retrieveImages = "urn:ihe:rad:2009:RetrieveImagingDocumentSet";
constexpr auto iherad = "urn:ihe:rad:xdsi-b:2009";
constexpr int mostResults = 1000;

// Who may see the report may see the images; withheld and unknown look the same.
std::optional<ShelvedStudy> visible(const Endpoints &e, const Viewer &viewer, const QString &studyUid)
{
    const auto study = e.images.find(studyUid);
    if (!study)
        return std::nullopt;
    for (const StoredObject &entry : e.store.byUniqueId(study->study.reportUniqueId, ObjectKind::Document)) {
        if (e.consent.maySee(viewer, entry, Purpose::Find))
            return study;
    }
    return std::nullopt;
}

HttpAnswer refused(int status, const char *why)
{
    return {status, "text/plain; charset=UTF-8", QByteArray(why) + "\n", {}};
}

HttpAnswer found(const QJsonArray &matches)
{
    if (matches.isEmpty())
        return {204, "application/dicom+json", {}, {}};
    return {200, "application/dicom+json", QJsonDocument(matches).toJson(QJsonDocument::Compact), {}};
}

// The RAD-69 request: documents named under their study and series (IHE RAD TF-2 4.69.4.1.2).
struct Wanted {
    QString study{}, series{}, repository{}, document{};
};

std::vector<Wanted> wantedOf(const base::XmlElement &body)
{
    std::vector<Wanted> out;
    for (const base::XmlElement *study : body.all(QLatin1String("StudyRequest"))) {
        for (const base::XmlElement *series : study->all(QLatin1String("SeriesRequest"))) {
            for (const base::XmlElement *one : series->all(QLatin1String("DocumentRequest")))
                out.push_back({study->attribute(QLatin1String("studyInstanceUID")),
                    series->attribute(QLatin1String("seriesInstanceUID")),
                    one->value(QLatin1String("RepositoryUniqueId")),
                    one->value(QLatin1String("DocumentUniqueId"))});
        }
    }
    return out;
}

bool syntaxOffered(const base::XmlElement &body)
{
    for (const base::XmlElement *list : body.all(QLatin1String("TransferSyntaxUIDList"))) {
        for (const base::XmlElement *one : list->all(QLatin1String("TransferSyntaxUID"))) {
            if (one->text.trimmed() == base::oid("tsExplicitLE").text())
                return true;
        }
    }
    return false;
}

QByteArray rad69Envelope(const SoapRequest &request, const RegistryAnswer &answer,
    const std::vector<ImageAddress> &images, const QString &repository)
{
    return writeEnvelope(QStringLiteral("urn:ihe:rad:2009:RetrieveImagingDocumentSetResponse"),
        request.messageId, [&](QXmlStreamWriter &xml) {
            const QString xdsb = QLatin1String(ns::xdsb);
            xml.writeNamespace(xdsb, QStringLiteral("xdsb"));
            xml.writeNamespace(QLatin1String(ns::rs), QStringLiteral("rs"));
            xml.writeNamespace(QLatin1String(ns::xop), QStringLiteral("xop"));
            xml.writeStartElement(xdsb, QStringLiteral("RetrieveDocumentSetResponse"));
            writeRegistryResponse(xml, answer);
            for (std::size_t i = 0; i < images.size(); ++i) {
                xml.writeStartElement(xdsb, QStringLiteral("DocumentResponse"));
                xml.writeTextElement(xdsb, QStringLiteral("RepositoryUniqueId"), repository);
                xml.writeTextElement(xdsb, QStringLiteral("DocumentUniqueId"),
                    images[i].of.study.sopUid(images[i].series, images[i].image));
                xml.writeTextElement(xdsb, QStringLiteral("mimeType"), QStringLiteral("application/dicom"));
                xml.writeStartElement(xdsb, QStringLiteral("Document"));
                xml.writeEmptyElement(QLatin1String(ns::xop), QStringLiteral("Include"));
                xml.writeAttribute(
                    QStringLiteral("href"), QStringLiteral("cid:") + QString::fromLatin1(imageContentId(i)));
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeEndElement();
        });
}

HttpAnswer rad69(const Endpoints &e, const HttpRequest &http)
{
    const SoapRequest request = readSoap(http.body, http.contentType, {QLatin1String(retrieveImages)});
    if (request.body.name != QLatin1String("RetrieveImagingDocumentSetRequest")
        || request.body.namespaceUri != QLatin1String(iherad))
        throw SoapFault(QStringLiteral("Sender"),
            QStringLiteral("RetrieveImagingDocumentSetRequest expected in the body"));
    const std::vector<Wanted> wanted = wantedOf(request.body);
    if (wanted.empty())
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("DocumentRequest is missing"));
    RegistryAnswer answer;
    std::vector<ImageAddress> images;
    if (!syntaxOffered(request.body))
        answer.fail(
            "XDSRepositoryError", QStringLiteral("images are kept as Explicit VR Little Endian only"));
    QString repository;
    std::optional<ShelvedStudy> study;
    for (const Wanted &one : wanted) {
        if (!study || study->study.studyUid != one.study)
            study = visible(e, http.viewer, one.study);
        const auto match =
            study ? e.images.images(*study, one.series, one.document) : std::vector<ImageAddress>();
        if (match.size() != 1) {
            answer.fail("XDSDocumentUniqueIdError", one.document, one.document);
            continue;
        }
        repository = one.repository;
        images.push_back(match.front());
    }
    answer.partial = !images.empty();
    const QByteArray envelope = rad69Envelope(request, answer, images, repository);
    return imageParts(
        std::move(images), {"application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"", envelope});
}

HttpAnswer wadoUri(const Endpoints &e, const HttpRequest &http)
{
    const auto text = [&](const char *name) { return http.query.value(QLatin1String(name)); };
    if (text("requestType") != QLatin1String("WADO"))
        return refused(400, "requestType is not WADO");
    if (text("contentType") != QLatin1String("application/dicom"))
        return refused(406, "only application/dicom");
    const auto study = visible(e, http.viewer, text("studyUID"));
    const auto images =
        study ? e.images.images(*study, text("seriesUID"), text("objectUID")) : std::vector<ImageAddress>();
    if (images.size() != 1)
        return refused(404, "no such object");
    return {200, "application/dicom",
        imageFile(images.front().of.study, images.front().series, images.front().image), {}};
}

DicomObject studyMatch(const SeedStudy &study)
{
    DicomObject out = imageHeader(study, study.series().front(), 0);
    DicomObject kept;
    for (const auto &[each, vr] : std::initializer_list<std::pair<quint32, const char *>>{
             {tag::StudyDate, "DA"}, {tag::StudyTime, "TM"}, {tag::AccessionNumber, "SH"},
             {tag::StudyDescription, "LO"}, {tag::PatientName, "PN"}, {tag::PatientId, "LO"},
             {tag::IssuerOfPatientId, "LO"}, {tag::PatientBirthDate, "DA"}, {tag::PatientSex, "CS"},
             {tag::StudyUid, "UI"}, {tag::StudyId, "SH"}, {tag::InstitutionName, "LO"}})
        kept.text(each, vr, out.value(each));
    std::set<QString> modalities;
    int images = 0;
    for (const PhantomSeries &series : study.series()) {
        modalities.insert(series.modality);
        images += series.images;
    }
    kept.text(tag::ModalitiesInStudy, "CS",
            QStringList(modalities.begin(), modalities.end()).join(QLatin1Char('\\')))
        .text(tag::StudySeries, "IS", QString::number(study.series().size()))
        .text(tag::StudyInstances, "IS", QString::number(images));
    return kept;
}

DicomObject seriesMatch(const SeedStudy &study, const PhantomSeries &series)
{
    DicomObject out;
    out.text(tag::Modality, "CS", series.modality)
        .text(tag::SeriesDescription, "LO", series.description)
        .text(tag::BodyPart, "CS", series.body)
        .text(tag::StudyUid, "UI", study.studyUid)
        .text(tag::SeriesUid, "UI", study.seriesUid(series))
        .text(tag::SeriesNumber, "IS", QString::number(series.number))
        .text(tag::SeriesInstances, "IS", QString::number(series.images));
    return out;
}

// QIDO-RS for studies: exact keys, by keyword or by tag (PS3.18 10.6.1.2).
bool asked(const HttpRequest &http, const char *keyword, quint32 tagNumber, const QString &value)
{
    const QString number = QStringLiteral("%1").arg(tagNumber, 8, 16, QLatin1Char('0')).toUpper();
    for (const QString &name : {QString::fromLatin1(keyword), number}) {
        const QString wanted = http.query.value(name);
        if (!wanted.isEmpty() && wanted != value)
            return false;
    }
    return true;
}

HttpAnswer searchStudies(const Endpoints &e, const HttpRequest &http)
{
    const int offset = http.query.value(QStringLiteral("offset")).toInt();
    const int limit = http.query.contains(QStringLiteral("limit"))
        ? std::clamp(http.query.value(QStringLiteral("limit")).toInt(), 0, mostResults)
        : mostResults;
    QJsonArray out;
    int seen = 0;
    for (const ShelvedStudy &one : e.images.all()) {
        const SeedStudy &study = one.study;
        if (study.series().empty() || !asked(http, "StudyInstanceUID", tag::StudyUid, study.studyUid)
            || !asked(http, "PatientID", tag::PatientId, study.patientId)
            || !asked(http, "AccessionNumber", tag::AccessionNumber, study.accession)
            || !asked(http, "StudyDate", tag::StudyDate, study.time.left(8))
            || !visible(e, http.viewer, study.studyUid))
            continue;
        if (seen++ >= offset && out.size() < limit)
            out.append(studyMatch(study).json());
    }
    return found(out);
}

struct WebPath {
    QString study{}, series{}, instance{};
};

WebPath pathOf(const HttpRequest &http)
{
    return {http.captured.value(0), http.captured.value(1), http.captured.value(2)};
}

HttpAnswer retrieveWeb(const Endpoints &e, const HttpRequest &http)
{
    if (!http.accept.isEmpty() && !http.accept.contains("*/*") && !http.accept.contains("application/dicom"))
        return refused(406, "only multipart/related; type=\"application/dicom\"");
    const WebPath path = pathOf(http);
    const auto study = visible(e, http.viewer, path.study);
    auto images = study ? e.images.images(*study, path.series, path.instance) : std::vector<ImageAddress>();
    return images.empty() ? refused(404, "no such object") : imageParts(std::move(images));
}

HttpAnswer metadataWeb(const Endpoints &e, const HttpRequest &http)
{
    const WebPath path = pathOf(http);
    const auto study = visible(e, http.viewer, path.study);
    QJsonArray out;
    for (const ImageAddress &one :
        study ? e.images.images(*study, path.series, path.instance) : std::vector<ImageAddress>())
        out.append(imageHeader(one.of.study, one.series, one.image).json());
    return out.isEmpty() ? refused(404, "no such object") : found(out);
}

HttpAnswer listWeb(const Endpoints &e, const HttpRequest &http, bool instances)
{
    const WebPath path = pathOf(http);
    const auto study = visible(e, http.viewer, path.study);
    if (!study)
        return refused(404, "no such study");
    QJsonArray out;
    if (instances) {
        for (const ImageAddress &one : e.images.images(*study, path.series))
            out.append(imageHeader(one.of.study, one.series, one.image).json());
    } else {
        for (const PhantomSeries &series : study->study.series())
            out.append(seriesMatch(study->study, series).json());
    }
    return found(out);
}
} // namespace

void addImagingEndpoints(Server &server, Endpoints &e)
{
    const auto target = [](const HttpRequest &) { return QStringLiteral("retrieve"); };
    server.route(QStringLiteral("/imaging"), target, [&e](const HttpRequest &r) { return rad69(e, r); });
    server.get(QStringLiteral("/wado"), target, [&e](const HttpRequest &r) { return wadoUri(e, r); });
    const QString studies = QStringLiteral("/dicomweb/studies"),
                  study = studies + QStringLiteral("/([0-9.]+)"),
                  series = study + QStringLiteral("/series/([0-9.]+)"),
                  instance = series + QStringLiteral("/instances/([0-9.]+)");
    server.get(studies, target, [&e](const HttpRequest &r) { return searchStudies(e, r); });
    server.get(study + QStringLiteral("/series"), target,
        [&e](const HttpRequest &r) { return listWeb(e, r, false); });
    for (const QString &above : {study, series})
        server.get(above + QStringLiteral("/instances"), target,
            [&e](const HttpRequest &r) { return listWeb(e, r, true); });
    for (const QString &path : {study, series, instance}) {
        server.get(path + QStringLiteral("/metadata"), target,
            [&e](const HttpRequest &r) { return metadataWeb(e, r); });
        server.get(path, target, [&e](const HttpRequest &r) { return retrieveWeb(e, r); });
    }
}

} // namespace naru::practice
