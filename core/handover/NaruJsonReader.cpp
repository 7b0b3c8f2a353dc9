// Our own JSON (FORMAT.md): the member names are those of clinical::Patient, Encounter, Practitioner and
// Content.
#include "core/handover/Coding.h"
#include "core/handover/Errors.h"
#include "core/handover/Intake.h"
#include "core/handover/Readers.h"

#include <QSet>

namespace naru::handover {

namespace {
using namespace clinical;

// Reads the members of one object and notes those nobody asked for.
class Members {
public:
    Members(const Json &object, QString path, Intake &intake)
        : m_object(object)
        , m_path(std::move(path))
        , m_intake(intake)
    {
        if (object.kind != Json::Kind::Null && !object.isObject())
            m_intake.note(m_path, QStringLiteral("an object is expected; left out"));
    }
    ~Members()
    {
        for (const QString &key : m_object.keys) {
            if (!m_asked.contains(key))
                m_intake.note(m_path, QStringLiteral("unknown member; left out"));
        }
    }
    Members(const Members &) = delete;
    Members &operator=(const Members &) = delete;

    const Json &child(const char *name)
    {
        m_asked.insert(QLatin1String(name));
        return m_object[QLatin1String(name)];
    }
    QString path(const char *name) const { return m_path + QLatin1Char('.') + QLatin1String(name); }
    QString raw(const char *name)
    {
        const Json &value = child(name);
        if (value.isArray() || value.isObject())
            m_intake.note(path(name), QStringLiteral("a text is expected; left out"));
        return value.scalar();
    }
    Members &text(const char *name, QString &out)
    {
        out = Intake::text(raw(name));
        return *this;
    }
    Members &time(const char *name, base::Timestamp &out)
    {
        out = m_intake.time(raw(name), path(name));
        return *this;
    }
    Members &flag(const char *name, bool &out)
    {
        out = raw(name) == QLatin1String("true");
        return *this;
    }
    Members &coded(const char *name, CodedValue &out, int depth = 0)
    {
        const Json &value = child(name);
        if (value.kind == Json::Kind::String) { // a plain text is the doctor's own words
            out.display = Intake::text(value.text);
            return *this;
        }
        Members(value, path(name), m_intake).readCoded(out, depth);
        return *this;
    }
    Members &address(const char *name, Address &out)
    {
        Members(child(name), path(name), m_intake)
            .text("basic", out.basic)
            .text("detail", out.detail)
            .text("postalCode", out.postalCode);
        return *this;
    }
    template <typename T, typename F> Members &list(const char *name, std::vector<T> &out, F &&read)
    {
        const Json &array = child(name);
        if (array.kind != Json::Kind::Null && !array.isArray())
            m_intake.note(path(name), QStringLiteral("a list is expected; left out"));
        for (std::size_t i = 0; array.isArray() && i < array.items.size(); ++i) {
            const QString place = path(name) + QStringLiteral("[%1]").arg(i);
            if (!m_intake.admit(place))
                break;
            T value{};
            {
                Members members(array.items[i], place, m_intake);
                read(members, value);
            }
            value.source = m_intake.source();
            out.push_back(std::move(value));
        }
        return *this;
    }
    Members &section(const char *name, Text &out)
    {
        const QString received = raw(name);
        out.text = Intake::text(received);
        if (!out.text.isEmpty())
            out.source = m_intake.source(received, out.text);
        return *this;
    }

private:
    void readCoded(CodedValue &out, int depth)
    {
        QString system;
        text("code", out.code)
            .text("system", system)
            .text("display", out.display)
            .text("displayEn", out.displayEn);
        text("originalText", out.originalText).text("nullFlavor", out.nullFlavor);
        out.system = systemOid(system);
        if (out.system.isEmpty() && !system.isEmpty())
            m_intake.note(path("system"), QStringLiteral("unknown code system"));
        const Json &more = child("translations");
        for (std::size_t i = 0; depth == 0 && more.isArray() && i < more.items.size() && i < 16; ++i) {
            const QString place = path("translations") + QStringLiteral("[%1]").arg(i);
            CodedValue value;
            Members(more.items[i], place, m_intake).readCoded(value, 1);
            out.translations.push_back(std::move(value));
        }
    }

    const Json &m_object;
    QString m_path;
    Intake &m_intake;
    QSet<QString> m_asked{};
};

void readPatient(Members &m, Intake &intake)
{
    Patient &patient = intake.out().patient;
    {
        Members id(m.child("localId"), m.path("localId"), intake);
        QString root;
        id.text("root", root);
        patient.localId.root = systemOid(root);
        const QString raw = id.raw("extension");
        patient.localId.extension = Intake::text(raw);
        if (!patient.localId.extension.isEmpty())
            patient.sources.insert(QStringLiteral("localId"), intake.source(raw, patient.localId.extension));
    }
    intake.patientText("name", &Patient::name, m.raw("name"));
    intake.patientSex(m.raw("sex"), m.path("sex"));
    intake.patientBirthDate(m.raw("birthDate"), m.path("birthDate"));
    intake.patientText("phone", &Patient::phone, m.raw("phone"));
    m.address("address", patient.address);
    if (!patient.address.isEmpty())
        patient.sources.insert(QStringLiteral("address"), intake.source());
    const QString number = m.raw("residentNumber");
    if (!number.isEmpty() && !intake.takeResidentNumber(number))
        intake.note(
            m.path("residentNumber"), QStringLiteral("not of the form of a resident number; left out"));
    if (const Json &value = m.child("guardian"); value.isObject()) {
        Guardian guardian;
        Members(value, m.path("guardian"), intake)
            .text("relation", guardian.relation)
            .text("name", guardian.name)
            .text("phone", guardian.phone)
            .address("address", guardian.address);
        patient.guardian = guardian;
        patient.sources.insert(QStringLiteral("guardian"), intake.source());
    }
}

void readDoctor(Members &m, Intake &intake)
{
    const Json &value = m.child("doctor");
    if (!value.isObject())
        return;
    Practitioner doctor;
    Members d(value, m.path("doctor"), intake);
    d.text("userId", doctor.userId)
        .text("licence", doctor.licence)
        .text("name", doctor.name)
        .text("phone", doctor.phone);
    Members(d.child("department"), d.path("department"), intake)
        .text("code", doctor.department.code)
        .text("name", doctor.department.name);
    intake.out().doctor = doctor;
}

void readMedication(Members &m, Medication &v)
{
    m.coded("code", v.code)
        .time("start", v.start)
        .text("doseValue", v.doseValue)
        .text("doseUnit", v.doseUnit);
    m.text("timesPerDay", v.timesPerDay).text("days", v.days).text("usage", v.usage);
    if (v.code.system.isEmpty())
        v.code.system = drugSystemByShape(v.code.code);
}

void readLab(Members &m, LabResult &v)
{
    QString category;
    m.text("category", category).coded("code", v.code).text("item", v.item).time("time", v.time);
    m.text("value", v.value).text("unit", v.unit).text("referenceRange", v.referenceRange);
    m.text("interpretation", v.interpretation)
        .text("laboratory", v.laboratory)
        .text("viewerUrl", v.viewerUrl);
    m.text("accessionNumber", v.accessionNumber).text("kosUid", v.kosUid);
    v.category = labCategoryOf(category);
}

void readVital(Members &m, VitalSign &v)
{
    m.coded("code", v.code).time("time", v.time).text("value", v.value).text("unit", v.unit);
    if (const auto known = vitalByLoinc(v.code.code)) {
        v.code = known->code;
        if (v.unit.isEmpty())
            v.unit = known->unit;
    }
}

void readReading(Members &m, ImageReading &v)
{
    m.time("examined", v.examined).time("read", v.read).text("reader", v.reader).coded("code", v.code);
    m.text("findings", v.findings).text("conclusion", v.conclusion).text("imageUrl", v.imageUrl);
    m.text("studyUid", v.studyUid).text("seriesUid", v.seriesUid).text("sopUid", v.sopUid);
}

void readContent(Members &m, Content &c, Intake &intake)
{
    m.list("problems", c.problems, [](Members &e, Problem &v) {
        e.coded("code", v.code).time("onset", v.onset).text("severity", v.severity).flag("main", v.main);
    });
    m.list("medications", c.medications, readMedication)
        .list("dischargeMedications", c.dischargeMedications, readMedication);
    m.list("labs", c.labs, readLab)
        .list("vitals", c.vitals, readVital)
        .list("readings", c.readings, readReading);
    m.list("procedures", c.procedures, [](Members &e, Procedure &v) {
        e.coded("code", v.code).time("time", v.time).coded("diagnosis", v.diagnosis);
        e.text("anaesthesia", v.anaesthesia).text("note", v.note);
    });
    m.list("allergies", c.allergies, [](Members &e, Allergy &v) {
        e.coded("kind", v.kind).coded("agent", v.agent).text("reaction", v.reaction).time("time", v.time);
    });
    m.list("immunizations", c.immunizations, [](Members &e, Immunization &v) {
        e.coded("code", v.code).time("time", v.time).text("dose", v.dose);
    });
    m.list("infections", c.infections, [](Members &e, InfectiousDisease &v) {
        e.coded("code", v.code)
            .time("onset", v.onset)
            .time("reported", v.reported)
            .time("diagnosed", v.diagnosed);
        e.text("classification", v.classification).text("admitted", v.admitted);
        e.text("testResult", v.testResult).text("region", v.region);
    });
    Members(m.child("transfer"), m.path("transfer"), intake)
        .time("arrived", c.transfer.arrived)
        .time("transferred", c.transfer.transferred)
        .text("transport", c.transfer.transport)
        .text("vehicle", c.transfer.vehicle)
        .text("escort", c.transfer.escort);
    Members(m.child("relay"), m.path("relay"), intake)
        .text("status", c.relay.status)
        .text("clinical", c.relay.clinical)
        .text("nonClinical", c.relay.nonClinical)
        .text("transferType", c.relay.transferType)
        .text("transferClinical", c.relay.transferClinical)
        .text("transferNonClinical", c.relay.transferNonClinical);
    if (const Json &social = m.child("social"); social.isObject()) {
        Members(social, m.path("social"), intake)
            .coded("smoking", c.social.smoking)
            .coded("drinking", c.social.drinking)
            .text("note", c.social.note);
        c.social.source = intake.source();
    }
    m.section("reason", c.reason).section("opinion", c.opinion).section("history", c.history);
    m.section("keyResults", c.keyResults).section("plan", c.plan);
}
} // namespace

base::Result<HandOver> readNaruJson(const Json &root, const ReadOptions &options)
{
    Intake intake(options, "naru-json", QStringLiteral("EMR"));
    if (root.string(QLatin1String("version")) != QLatin1String("1"))
        return base::Error(errors::Unrecognised, QStringLiteral("naru-handover of another version"),
            {{QStringLiteral("what"), QStringLiteral("naru-handover, version is not 1")}});
    {
        Members m(root, QStringLiteral("$"), intake);
        m.child("format");
        m.child("version");
        {
            Members patient(m.child("patient"), m.path("patient"), intake);
            readPatient(patient, intake);
        }
        {
            Encounter &encounter = intake.out().encounter;
            Members e(m.child("encounter"), m.path("encounter"), intake);
            if (const QString code = Intake::text(e.raw("code")); !code.isEmpty())
                encounter.code = code;
            e.time("start", encounter.start).time("end", encounter.end);
        }
        readDoctor(m, intake);
        Members content(m.child("content"), m.path("content"), intake);
        readContent(content, intake.out().content, intake);
    }
    return intake.finish();
}

} // namespace naru::handover
