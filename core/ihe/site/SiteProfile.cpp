#include "core/ihe/site/SiteProfile.h"

#include "core/base/Errors.h"
#include "core/ihe/Errors.h"
#include "core/ihe/site/JsonCursor.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace naru::ihe {

namespace {
constexpr qint64 sizeLimit = 4 * 1024 * 1024;

LocalText localText(const JsonCursor &at)
{
    LocalText out{at.text("ko", false), at.text("en", false)};
    if (out.ko.isEmpty() && out.en.isEmpty())
        at.fail(QStringLiteral("ko"), QStringLiteral("is missing"));
    return out;
}

LocalText optionalText(const JsonCursor &at, const char *key)
{
    return at.has(key) ? localText(at.object(key)) : LocalText{};
}

clinical::CodedValue coded(const JsonCursor &at)
{
    clinical::CodedValue out;
    out.code = at.text("code");
    out.system = at.oid("system");
    out.display = at.text("display");
    out.displayEn = at.text("displayEn", false);
    return out;
}

QMap<QString, clinical::CodedValue> codedMap(const JsonCursor &at)
{
    QMap<QString, clinical::CodedValue> out;
    for (const QString &key : at.keys())
        out.insert(key, coded(at.object(key)));
    return out;
}

void readEndpoint(const JsonCursor &at, Endpoint &out)
{
    out.url = at.url("url");
    out.title = optionalText(at, "title");
    out.timeoutSeconds = at.number("timeoutSeconds", 60, 1, 3600);
}

// PS3.5 6.2, value representation AE.
bool isAeTitle(const QString &title)
{
    return title.size() <= 16 && title.trimmed() == title
        && std::all_of(title.begin(), title.end(),
            [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7F && c != QLatin1Char('\\'); });
}

void readImaging(const JsonCursor &at, std::vector<ImagingEndpoint> &out)
{
    for (const JsonCursor &item : at.objects("imaging")) {
        ImagingEndpoint source;
        if (item.has("url") || !item.has("wado"))
            source.url = item.url("url");
        source.title = optionalText(item, "title");
        source.timeoutSeconds = item.number("timeoutSeconds", 60, 1, 3600);
        source.id = item.oid("id");
        source.aeTitle = item.text("aeTitle", false);
        if (!isAeTitle(source.aeTitle))
            item.fail(QStringLiteral("aeTitle"), QStringLiteral("is no AE title"));
        source.imagesPerRequest = item.number("imagesPerRequest", 16, 1, 60);
        if (item.has("dicomweb"))
            source.dicomweb = item.url("dicomweb");
        if (source.dicomweb.endsWith(QLatin1Char('/')))
            source.dicomweb.chop(1);
        if (item.has("wado"))
            source.wado = item.url("wado");
        if (item.has("stow"))
            source.stow = item.url("stow");
        if (source.stow.endsWith(QLatin1Char('/')))
            source.stow.chop(1);
        source.stowSource = item.text("stowSource", false);
        source.stowPurpose = item.text("stowPurpose", false);
        source.direct = item.flag("direct", false);
        for (const ImagingEndpoint &other : out) {
            if (other.id == source.id)
                item.fail(QStringLiteral("id"), QStringLiteral("occurs twice"));
        }
        out.push_back(source);
    }
}

void readEndpoints(const JsonCursor &at, SiteProfile &out)
{
    readEndpoint(at.object("registry"), out.registry);
    for (const JsonCursor &item : at.objects("repositories")) {
        RepositoryEndpoint repository;
        readEndpoint(item, repository);
        repository.id = item.oid("id");
        repository.documentsPerRequest = item.number("documentsPerRequest", 5, 1, 1000);
        repository.submit = item.flag("submit", false);
        if (item.has("submitUrl"))
            repository.submitUrl = item.url("submitUrl");
        if (out.repository(repository.id))
            item.fail(QStringLiteral("id"), QStringLiteral("occurs twice"));
        out.repositories.push_back(repository);
    }
    if (out.repositories.empty())
        at.fail(QStringLiteral("repositories"), QStringLiteral("is empty"));
    if (at.has("imaging"))
        readImaging(at, out.imaging);
    if (at.has("pix"))
        readEndpoint(at.object("pix"), out.pix);
    if (at.has("pdq"))
        readEndpoint(at.object("pdq"), out.pdq);
    if (at.has("audit")) {
        const JsonCursor audit = at.object("audit");
        out.audit.host = audit.text("host");
        out.audit.port = quint16(audit.number("port", 6514, 1, 65535));
        const QString confirmation = audit.text("confirmation", false);
        out.audit.ordinaryEndConfirms = confirmation == QLatin1String("ordinaryEnd");
        if (!confirmation.isEmpty() && !out.audit.ordinaryEndConfirms
            && confirmation != QLatin1String("closeNotify"))
            audit.fail(
                QStringLiteral("confirmation"), QStringLiteral("is neither closeNotify nor ordinaryEnd"));
        out.audit.title = optionalText(audit, "title");
    }
}

void readTls(const JsonCursor &at, const QDir &folder, net::TlsIdentity &out)
{
    const auto path = [&](const char *key, bool required) {
        const QString value = at.text(key, required);
        return value.isEmpty() ? QString() : QDir::cleanPath(folder.absoluteFilePath(value));
    };
    out.caFile = path("ca", true);
    out.certificateFile = path("certificate", false);
    out.keyFile = path("key", false);
    if (out.certificateFile.isEmpty() != out.keyFile.isEmpty())
        at.fail(out.keyFile.isEmpty() ? QStringLiteral("key") : QStringLiteral("certificate"),
            QStringLiteral("is missing"));
}

clinical::Department department(const JsonCursor &at)
{
    return {at.text("code"), at.text("name")};
}

void readClinic(const JsonCursor &at, SiteClinic &out)
{
    clinical::Institution &clinic = out.institution;
    clinic.number = at.text("number");
    clinic.oid = at.oid("oid");
    clinic.name = at.text("name");
    clinic.phone = at.text("phone", false);
    clinic.kind = at.text("kind", false);
    const JsonCursor address = at.object("address", false);
    clinic.address = {
        address.text("basic", false), address.text("detail", false), address.text("postalCode", false)};
    out.department = department(at.object("department"));
    clinic.departments = {out.department};
    if (at.has("doctor")) {
        const JsonCursor doctor = at.object("doctor");
        out.doctor.userId = doctor.text("userId", false);
        out.doctor.licence = doctor.text("licence");
        out.doctor.name = doctor.text("name");
        out.doctor.phone = doctor.text("phone", false);
        out.doctor.department = out.department;
    }
}

void readCodes(const JsonCursor &at, SiteCodes &out)
{
    const JsonCursor forms = at.object("forms");
    for (const QString &key : forms.keys()) {
        const JsonCursor form = forms.object(key);
        if (clinical::formFromKey(key) == clinical::Form::Unknown)
            forms.fail(key, QStringLiteral("is not a form"));
        out.forms.insert(
            key, {coded(form.object("class")), coded(form.object("type")), coded(form.object("format"))});
    }
    if (at.has("manifest")) {
        const JsonCursor manifest = at.object("manifest");
        out.manifest.emplace();
        out.manifest->classCode = coded(manifest.object("class"));
        out.manifest->typeCode = coded(manifest.object("type"));
        out.manifest->formatCode = coded(manifest.object("format"));
        out.manifest->bodyParts = manifest.flag("bodyParts", true);
    }
    out.facilityType = codedMap(at.object("facilityType"));
    out.practiceSettingSystem = at.oid("practiceSettingSystem");
    out.confidentiality = codedMap(at.object("confidentiality"));
    out.submissionContent = codedMap(at.object("submissionContent"));
}

void readConsent(const JsonCursor &at, SiteConsent &out)
{
    out.textVersion = at.text("textVersion");
    out.validityMonths = at.number("validityMonths", 0, 0, 1200);
    out.partial = at.flag("partial", false);
    if (at.has("sensitiveDepartments")) {
        for (const JsonCursor &item : at.objects("sensitiveDepartments"))
            out.sensitiveDepartments.push_back(department(item));
    }
    const JsonCursor programmes = at.object("programmes");
    for (const QString &key : programmes.keys()) {
        const JsonCursor item = programmes.object(key);
        out.programmes.insert(key,
            {localText(item.object("title")), localText(item.object("recipient")),
                localText(item.object("purpose")), localText(item.object("items")),
                localText(item.object("period")), localText(item.object("refusal"))});
    }
}

void readRest(const JsonCursor &at, SiteProfile &out)
{
    const JsonCursor v3 = at.object("hl7v3");
    out.senderDevice = v3.oid("senderDevice");
    out.receiverDevice = v3.oid("receiverDevice");
    out.sendResidentNumber = at.object("identity", false).flag("sendResidentNumber", false);
    const JsonCursor outbox = at.object("outbox", false);
    out.outbox.holdSeconds = outbox.number("holdSeconds", 10, 0, 3600);
    out.outbox.retryMaxMinutes = outbox.number("retryMaxMinutes", 15, 1, 1440);
    out.outbox.verifyGapSeconds = outbox.number("verifyGapSeconds", 60, 1, 3600);
    out.outbox.unansweredDays = outbox.number("unansweredDays", 14, 1, 3650);
    const JsonCursor images = at.object("images", false);
    const JsonCursor kos = images.object("kosUid", false);
    out.images.kosRoot = kos.oid("root", false);
    out.images.kosTime = kos.flag("time", true);
    out.images.kosDigits = kos.number("digits", 23, 1, 39);
    out.images.viewerUrl = images.text("viewerUrl", false);
}
} // namespace

base::Result<SiteProfile> SiteProfile::parse(const QByteArray &json, const QString &directory)
{
    QJsonParseError fault{};
    const QJsonDocument document = QJsonDocument::fromJson(json, &fault);
    if (!document.isObject()) {
        const QString what = QStringLiteral("%1 at byte %2").arg(fault.errorString()).arg(fault.offset);
        return base::Error(errors::Site, what,
            {{QStringLiteral("key"), QStringLiteral("(file)")}, {QStringLiteral("what"), what}});
    }
    const JsonCursor root(document.object());
    if (root.number("schema", 0, 0, 1'000'000) != 1)
        root.fail(QStringLiteral("schema"), QStringLiteral("is not 1"));
    const QDir folder(directory);
    SiteProfile out;
    out.name = root.text("name");
    out.title = localText(root.object("title"));
    out.homeCommunityId = root.oid("homeCommunityId", false);
    out.patientIdAuthority = root.oid("patientIdAuthority");
    out.policySystem = root.oid("policySystem");
    out.sourceIdRoot = root.oid("sourceIdRoot");
    readTls(root.object("tls"), folder, out.tls);
    readEndpoints(root.object("endpoints"), out);
    readRest(root, out);
    if (const QString file = root.text("institutionsFile", false); !file.isEmpty())
        out.institutionsFile = QDir::cleanPath(folder.absoluteFilePath(file));
    readClinic(root.object("clinic"), out.clinic);
    readCodes(root.object("codes"), out.codes);
    readConsent(root.object("consent"), out.consent);
    NARU_TRY(root.status());
    return out;
}

base::Result<SiteProfile> SiteProfile::load(const QString &file)
{
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly))
        return base::Error(base::errors::Io, input.errorString(), {{QStringLiteral("what"), file}});
    if (input.size() > sizeLimit)
        return base::Error(
            base::errors::TooLarge, QStringLiteral("site profile"), {{QStringLiteral("what"), file}});
    const QFileInfo info(file);
    NARU_ASSIGN(SiteProfile out, parse(input.readAll(), info.absolutePath()));
    out.file = info.absoluteFilePath();
    return out;
}

const RepositoryEndpoint *SiteProfile::repository(const QString &id) const
{
    for (const RepositoryEndpoint &repository : repositories) {
        if (repository.id == id)
            return &repository;
    }
    return nullptr;
}

const RepositoryEndpoint *SiteProfile::submitRepository() const
{
    for (const RepositoryEndpoint &repository : repositories) {
        if (repository.submit)
            return &repository;
    }
    return nullptr;
}

const ImagingEndpoint *SiteProfile::imagingSource(const QString &id) const
{
    for (const ImagingEndpoint &source : imaging) {
        if (source.id == id)
            return &source;
    }
    return nullptr;
}

const ImagingEndpoint *SiteProfile::imageArchive() const
{
    for (const ImagingEndpoint &source : imaging) {
        if (!source.stow.isEmpty())
            return &source;
    }
    return nullptr;
}

const FormCodes *SiteProfile::form(clinical::Form form) const
{
    const auto found = codes.forms.constFind(clinical::formKey(form));
    return found == codes.forms.cend() ? nullptr : &*found;
}

QStringList SiteProfile::warnings() const
{
    QStringList out;
    struct Item {
        const char *key;
        const QString &path;
    };
    for (const Item &item : {Item{"tls.ca", tls.caFile}, Item{"tls.certificate", tls.certificateFile},
             Item{"tls.key", tls.keyFile}, Item{"institutionsFile", institutionsFile}}) {
        if (!item.path.isEmpty() && !QFileInfo(item.path).isReadable())
            out += QString::fromLatin1(item.key) + QStringLiteral(": cannot be read: ") + item.path;
    }
    if (!submitRepository())
        out += QStringLiteral("endpoints.repositories: none takes our own documents (submit)");
    return out;
}

} // namespace naru::ihe
