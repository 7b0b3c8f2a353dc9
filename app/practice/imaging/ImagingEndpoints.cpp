#include "app/practice/imaging/ImagingEndpoints.h"

#include "app/practice/Endpoints.h"
#include "app/practice/imaging/ImageParts.h"
#include "app/practice/imaging/StowEndpoint.h"
#include "app/practice/seed/imaging/Tags.h"
#include "core/base/Oid.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QXmlStreamWriter>

#include <algorithm>
#include <map>
#include <set>

namespace naru::practice {

namespace {
constexpr auto retrieveImages = "urn:ihe:rad:2009:RetrieveImagingDocumentSet";
constexpr auto iherad = "urn:ihe:rad:xdsi-b:2009";
constexpr int mostResults = 1000;

// Who may see a document that names a study (its report, its manifest) may see its images; withheld and
// unknown look the same. A manifest opens only what its submitter showed to have, and of its own patient.
struct Visible {
    ShelvedStudy study{};
    Sharing sharing{};
};

std::optional<Visible> visible(const Endpoints &e, const Viewer &viewer, const QString &studyUid)
{
    const auto study = e.images.find(studyUid);
    if (!study)
        return std::nullopt;
    Visible out{*study, {}};
    for (const QString &document : e.images.documentsNaming(studyUid)) {
        for (const StoredObject &entry : e.store.byUniqueId(document, ObjectKind::Document)) {
            if (entry.object.status != QLatin1String(xds::approved)
                || !e.consent.maySee(viewer, entry, Purpose::Find))
                continue;
            out.sharing.seeded =
                out.sharing.seeded || (!study->patient.isEmpty() && entry.patient == study->patient);
            const QSet<QString> patients = e.images.patientsOf(studyUid, entry.submitter);
            const bool same = std::all_of(patients.begin(), patients.end(),
                [&entry](const QString &one) { return one.isEmpty() || one == entry.patient; });
            if (!patients.isEmpty() && same)
                out.sharing.institutions.insert(entry.submitter);
        }
    }
    return out.sharing.any() ? std::optional(std::move(out)) : std::nullopt;
}

std::vector<ImageAddress> imagesOf(const Endpoints &e, const std::optional<Visible> &study,
    const QString &seriesUid = {}, const QString &sopUid = {})
{
    return study ? e.images.images(study->study, study->sharing, seriesUid, sopUid)
                 : std::vector<ImageAddress>();
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

QSet<QString> syntaxesOffered(const base::XmlElement &body)
{
    QSet<QString> out;
    for (const base::XmlElement *list : body.all(QLatin1String("TransferSyntaxUIDList"))) {
        for (const base::XmlElement *one : list->all(QLatin1String("TransferSyntaxUID")))
            out.insert(one->text.trimmed());
    }
    return out;
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
                xml.writeTextElement(xdsb, QStringLiteral("DocumentUniqueId"), images[i].sopUid());
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
    const QSet<QString> syntaxes = syntaxesOffered(request.body);
    QString repository, asked;
    std::optional<Visible> study;
    for (const Wanted &one : wanted) {
        if (one.study != asked)
            study = visible(e, http.viewer, one.study);
        asked = one.study;
        const auto match = imagesOf(e, study, one.series, one.document);
        if (match.size() != 1) {
            answer.fail("XDSDocumentUniqueIdError", one.document, one.document);
            continue;
        }
        if (!syntaxes.contains(match.front().syntax())) {
            answer.fail(
                "XDSRepositoryError", QStringLiteral("images are given as they are kept"), one.document);
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
    const auto images = imagesOf(e, study, text("seriesUID"), text("objectUID"));
    const QByteArray bytes = images.size() == 1 ? images.front().bytes() : QByteArray();
    if (bytes.isEmpty())
        return refused(404, "no such object");
    return {200, "application/dicom", bytes, {}};
}

QString first(const QJsonObject &header, quint32 tagNumber)
{
    const QString key = QStringLiteral("%1").arg(tagNumber, 8, 16, QLatin1Char('0')).toUpper();
    const QJsonValue value = header.value(key).toObject().value(QLatin1String("Value")).toArray().at(0);
    return value.isObject() ? value.toObject().value(QLatin1String("Alphabetic")).toString()
                            : value.toVariant().toString();
}

QJsonObject chosen(const QJsonObject &header, std::initializer_list<quint32> tags)
{
    QJsonObject out;
    for (const quint32 one : tags) {
        const QString key = QStringLiteral("%1").arg(one, 8, 16, QLatin1Char('0')).toUpper();
        if (header.contains(key))
            out.insert(key, header.value(key));
    }
    return out;
}

void add(QJsonObject &to, const DicomObject &more)
{
    const QJsonObject json = more.json();
    for (auto it = json.begin(); it != json.end(); ++it)
        to.insert(it.key(), it.value());
}

// Modality and body part of an image without making it.
QString modalityOf(const ImageAddress &one)
{
    return one.stored ? first(one.header(), tag::Modality) : one.series.modality;
}

QJsonObject studyMatch(const std::vector<ImageAddress> &images)
{
    QJsonObject kept = chosen(images.front().header(),
        {tag::StudyDate, tag::StudyTime, tag::AccessionNumber, tag::StudyDescription, tag::PatientName,
            tag::PatientId, tag::IssuerOfPatientId, tag::PatientBirthDate, tag::PatientSex, tag::StudyUid,
            tag::StudyId, tag::InstitutionName});
    std::set<QString> modalities, series;
    for (const ImageAddress &one : images) {
        if (series.insert(one.seriesUid()).second)
            modalities.insert(modalityOf(one));
    }
    DicomObject counts;
    counts
        .text(tag::ModalitiesInStudy, "CS",
            QStringList(modalities.begin(), modalities.end()).join(QLatin1Char('\\')))
        .text(tag::StudySeries, "IS", QString::number(series.size()))
        .text(tag::StudyInstances, "IS", QString::number(images.size()));
    add(kept, counts);
    return kept;
}

QJsonObject seriesMatch(const ImageAddress &one, int images)
{
    QJsonObject kept = chosen(one.header(),
        {tag::Modality, tag::SeriesDescription, tag::BodyPart, tag::StudyUid, tag::SeriesUid,
            tag::SeriesNumber});
    DicomObject counts;
    counts.text(tag::SeriesInstances, "IS", QString::number(images));
    add(kept, counts);
    return kept;
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
        // A seeded study is judged by its words, so that no image is made for those that are not asked for.
        const SeedStudy &study = one.study;
        if (!asked(http, "StudyInstanceUID", tag::StudyUid, study.studyUid)
            || (!study.kind.isEmpty() && !asked(http, "PatientID", tag::PatientId, study.patientId)))
            continue;
        const auto images = imagesOf(e, visible(e, http.viewer, study.studyUid));
        if (images.empty())
            continue;
        const QJsonObject match = studyMatch(images);
        if (!asked(http, "PatientID", tag::PatientId, first(match, tag::PatientId))
            || !asked(http, "AccessionNumber", tag::AccessionNumber, first(match, tag::AccessionNumber))
            || !asked(http, "StudyDate", tag::StudyDate, first(match, tag::StudyDate)))
            continue;
        if (seen++ >= offset && out.size() < limit)
            out.append(match);
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
    auto images = imagesOf(e, visible(e, http.viewer, path.study), path.series, path.instance);
    return images.empty() ? refused(404, "no such object") : imageParts(std::move(images));
}

HttpAnswer metadataWeb(const Endpoints &e, const HttpRequest &http)
{
    const WebPath path = pathOf(http);
    QJsonArray out;
    for (const ImageAddress &one :
        imagesOf(e, visible(e, http.viewer, path.study), path.series, path.instance))
        out.append(one.header());
    return out.isEmpty() ? refused(404, "no such object") : found(out);
}

HttpAnswer listWeb(const Endpoints &e, const HttpRequest &http, bool instances)
{
    const WebPath path = pathOf(http);
    const auto study = visible(e, http.viewer, path.study);
    if (!study)
        return refused(404, "no such study");
    QJsonArray out;
    const auto images = imagesOf(e, study, path.series);
    if (instances) {
        for (const ImageAddress &one : images)
            out.append(one.header());
        return found(out);
    }
    std::map<QString, std::pair<const ImageAddress *, int>> series;
    QStringList order;
    for (const ImageAddress &one : images) {
        auto &entry = series.try_emplace(one.seriesUid(), &one, 0).first->second;
        if (entry.second++ == 0)
            order.append(one.seriesUid());
    }
    for (const QString &uid : order)
        out.append(seriesMatch(*series.at(uid).first, series.at(uid).second));
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
    const auto store = [](const HttpRequest &) { return QStringLiteral("store"); };
    for (const QString &path : {studies, study})
        server.route(path, store, [&e](const HttpRequest &r) { return storeInstances(e, r); });
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
