// CSV as clinics export it: one patient, a header row, and rows that each may add a diagnosis, a medicine, a
// result ... Joins repeat what belongs to the visit in every row, so equal entries count once.
#include "core/base/Hangul.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/handover/Coding.h"
#include "core/handover/Csv.h"
#include "core/handover/Errors.h"
#include "core/handover/Intake.h"
#include "core/handover/Readers.h"
#include "core/handover/ResidentNumber.h"
#include "core/handover/tables/csv_columnsTable.h"

#include <QHash>
#include <QSet>

namespace naru::handover {

namespace {
using namespace clinical;

QString fieldOf(const QString &header)
{
    static const QHash<QString, QString> fields = [] {
        QHash<QString, QString> out;
        const auto rows = base::TsvTable::parse(tables::csv_columns);
        for (int i = 0; i < rows.rowCount(); ++i)
            out.insert(base::folded(rows.at(i, "header")), rows.at(i, "field"));
        return out;
    }();
    return fields.value(base::folded(header));
}

class CsvReader {
public:
    explicit CsvReader(const ReadOptions &options)
        : m_intake(options, "csv", QStringLiteral("EMR (CSV)"))
    {
    }

    base::Result<HandOver> read(const std::vector<CsvRow> &rows)
    {
        NARU_TRY(readHeader(rows.front()));
        for (std::size_t i = 1; i < rows.size(); ++i) {
            m_row = &rows[i];
            if (m_row->cells.size() > rows.front().cells.size())
                m_intake.note(place(rows.front().cells.size()),
                    QStringLiteral("more cells than the header names; left out"));
            NARU_TRY(readPatient());
            readVisit();
            readEntries();
        }
        return m_intake.finish();
    }

private:
    base::Status readHeader(const CsvRow &header)
    {
        for (int i = 0; i < header.cells.size(); ++i) {
            const QString field = fieldOf(header.cells[i]);
            const QString where = QStringLiteral("line %1, column %2").arg(header.line).arg(i + 1);
            if (field.isEmpty())
                m_intake.note(where, QStringLiteral("unknown column name; the column is left out"));
            else if (m_columns.contains(field))
                m_intake.note(where, QStringLiteral("a second column of the same meaning; left out"));
            else
                m_columns.insert(field, i);
        }
        const bool patient = m_columns.contains(QStringLiteral("patient.id"))
            || m_columns.contains(QStringLiteral("patient.name"));
        if (patient)
            return {};
        return base::Error(errors::Unrecognised, QStringLiteral("no column for a chart number or a name"),
            {{QStringLiteral("what"), QStringLiteral("CSV without a column for chart number or name")}});
    }

    QString place(qsizetype column) const
    {
        return QStringLiteral("line %1, column %2").arg(m_row->line).arg(column + 1);
    }
    QString place(const char *field) const { return place(m_columns.value(QLatin1String(field))); }
    QString raw(const QString &field) const
    {
        const int column = m_columns.value(field, -1);
        return column < 0 ? QString() : m_row->cells.value(column);
    }
    QString cell(const char *field) const { return Intake::text(raw(QLatin1String(field))); }
    base::Timestamp time(const char *field, const char *fallback = "visit.date")
    {
        const base::Timestamp own = m_intake.time(cell(field), place(field));
        return own.isNull() && qstrcmp(field, fallback) != 0 ? quietTime(fallback) : own;
    }
    base::Timestamp quietTime(const char *field) const
    {
        const auto parsed = base::Timestamp::parseAny(cell(field));
        return parsed ? *parsed : base::Timestamp();
    }

    // Empty cells say nothing; a cell that contradicts an earlier row is another patient.
    base::Status readPatient()
    {
        for (const char *field : {"patient.id", "patient.rrn", "patient.name", "patient.birth"}) {
            QString value = cell(field);
            if (qstrcmp(field, "patient.rrn")
                == 0) { // with and without hyphen is the same; cell() would mask it
                const auto number = ResidentNumber::parse(raw(QLatin1String(field)));
                value = number ? number->digits : QString();
            }
            if (value.isEmpty())
                continue;
            QString &known = m_identity[QLatin1String(field)];
            if (known.isEmpty()) {
                known = value;
            } else if (known != value) {
                return base::Error(errors::SecondPatient, QStringLiteral("CSV, ") + place(field),
                    {{QStringLiteral("place"), place(field)}});
            }
        }
        Patient &patient = m_intake.out().patient;
        if (patient.localId.extension.isEmpty() && !cell("patient.id").isEmpty()) {
            patient.localId.extension = cell("patient.id");
            patient.sources.insert(QStringLiteral("localId"), m_intake.source());
        }
        if (patient.name.isEmpty())
            m_intake.patientText("name", &Patient::name, raw(QStringLiteral("patient.name")));
        readResidentNumber(patient);
        if (patient.birthDate.isNull())
            readBirthDate();
        if (patient.sex == Sex::Unknown)
            m_intake.patientSex(raw(QStringLiteral("patient.sex")), place("patient.sex"));
        if (patient.phone.isEmpty())
            m_intake.patientText("phone", &Patient::phone, raw(QStringLiteral("patient.phone")));
        if (patient.address.isEmpty()) {
            patient.address = {
                cell("patient.address"), cell("patient.addressDetail"), cell("patient.postalCode")};
            if (!patient.address.isEmpty())
                patient.sources.insert(QStringLiteral("address"), m_intake.source());
        }
        return {};
    }

    void readResidentNumber(const Patient &patient)
    {
        const QString number = raw(QStringLiteral("patient.rrn"));
        if (patient.residentNumber.isEmpty() && !number.trimmed().isEmpty()
            && !m_intake.takeResidentNumber(number) && !m_badNumberNoted) {
            m_badNumberNoted = true;
            m_intake.note(
                place("patient.rrn"), QStringLiteral("not of the form of a resident number; left out"));
        }
    }

    void readBirthDate()
    {
        const QString value = raw(QStringLiteral("patient.birth"));
        if (!value.trimmed().isEmpty() && !m_badBirthNoted) {
            m_intake.patientBirthDate(value, place("patient.birth"));
            m_badBirthNoted = m_intake.out().patient.birthDate.isNull();
        }
    }

    void readVisit()
    {
        HandOver &out = m_intake.out();
        if (out.encounter.start.isNull())
            out.encounter.start = m_intake.time(cell("visit.date"), place("visit.date"));
        if (const QString code = cell("visit.code"); !code.isEmpty()) {
            static const QHash<QString, QString> codes{{QStringLiteral("외래"), QStringLiteral("AMB")},
                {QStringLiteral("입원"), QStringLiteral("IMP")},
                {QStringLiteral("응급"), QStringLiteral("EMER")},
                {QStringLiteral("AMB"), QStringLiteral("AMB")},
                {QStringLiteral("IMP"), QStringLiteral("IMP")},
                {QStringLiteral("EMER"), QStringLiteral("EMER")}};
            if (codes.contains(code))
                out.encounter.code = codes.value(code);
            else
                m_intake.note(place("visit.code"), QStringLiteral("unknown kind of visit"));
        }
        if (!out.doctor && !cell("doctor.name").isEmpty()) {
            Practitioner doctor;
            doctor.name = cell("doctor.name");
            doctor.licence = cell("doctor.licence");
            doctor.department = {cell("doctor.departmentCode"), cell("doctor.department")};
            out.doctor = doctor;
        }
    }

    // True once for each different content of the columns of one kind of entry.
    bool isNew(const char *prefix, std::initializer_list<QString> parts)
    {
        QString key = QLatin1String(prefix);
        bool any = false;
        for (const QString &part : parts) {
            any = any || !part.isEmpty();
            key += QLatin1Char('\x1F') + part;
        }
        if (!any || m_seen.contains(key) || !m_intake.admit(place(qsizetype(0))))
            return false;
        m_seen.insert(key);
        return true;
    }

    CodedValue coded(const char *codeField, const char *nameField, const QString &system) const
    {
        return makeCoded({{cell(codeField), system, cell(nameField)}}, {}, {});
    }

    void readEntries()
    {
        readProblem();
        readMedication();
        readLab();
        readVitals();
        readOthers();
        readTexts();
    }

    void readProblem()
    {
        if (!isNew("problem", {cell("problem.code"), cell("problem.name")}))
            return;
        Problem out;
        out.code = coded("problem.code", "problem.name",
            cell("problem.code").isEmpty() ? QString() : QStringLiteral("kcd"));
        out.onset = time("problem.date");
        const QString main = cell("problem.main").toLower();
        out.main = main == QStringLiteral("y") || main == QStringLiteral("1") || main == QStringLiteral("주")
            || main == QStringLiteral("주상병") || main == QStringLiteral("true");
        out.source = m_intake.source();
        m_intake.out().content.problems.push_back(out);
    }

    void readMedication()
    {
        if (cell("medication.code").isEmpty() && cell("medication.name").isEmpty())
            return;
        if (!isNew("medication",
                {cell("medication.code"), cell("medication.name"), cell("medication.dose"),
                    cell("medication.times"), cell("medication.days"), cell("medication.date"),
                    cell("medication.usage")}))
            return;
        Medication out;
        out.code = coded("medication.code", "medication.name", drugSystemByShape(cell("medication.code")));
        out.start = time("medication.date");
        out.doseValue = cell("medication.dose");
        out.doseUnit = cell("medication.unit");
        out.timesPerDay = cell("medication.times");
        out.days = cell("medication.days");
        out.usage = cell("medication.usage");
        out.source = m_intake.source();
        m_intake.out().content.medications.push_back(out);
    }

    void readLab()
    {
        if (cell("lab.code").isEmpty() && cell("lab.name").isEmpty())
            return;
        const base::Timestamp when = time("lab.date");
        if (!isNew("lab", {cell("lab.code"), cell("lab.name"), cell("lab.value"), when.toIso()}))
            return;
        LabResult out;
        const bool loinc = cell("lab.code").contains(QLatin1Char('-'));
        const QString system = loinc ? QStringLiteral("loinc") : QStringLiteral("edi");
        out.code = coded("lab.code", "lab.name", cell("lab.code").isEmpty() ? QString() : system);
        out.item = cell("lab.name");
        out.time = when;
        out.value = cell("lab.value");
        out.unit = cell("lab.unit");
        out.referenceRange = cell("lab.range");
        out.interpretation = cell("lab.flag");
        out.source = m_intake.source();
        m_intake.out().content.labs.push_back(out);
    }

    void readVitals()
    {
        for (auto it = m_columns.cbegin(); it != m_columns.cend(); ++it) {
            if (!it.key().startsWith(QLatin1String("vital.")) || it.key() == QLatin1String("vital.date"))
                continue;
            auto vital = vitalByLoinc(it.key().mid(6));
            const QString value = Intake::text(raw(it.key()));
            if (!vital || value.isEmpty())
                continue;
            vital->time = time("vital.date");
            vital->value = value;
            if (!isNew("vital", {it.key(), value, vital->time.toIso()}))
                continue;
            vital->source = m_intake.source();
            m_intake.out().content.vitals.push_back(*vital);
        }
    }

    void readOthers()
    {
        Content &content = m_intake.out().content;
        if (isNew("allergy", {cell("allergy.name"), cell("allergy.reaction")})) {
            Allergy out;
            out.agent = makeCoded({}, cell("allergy.name"), {});
            out.reaction = cell("allergy.reaction");
            out.source = m_intake.source();
            content.allergies.push_back(out);
        }
        if (isNew("procedure", {cell("procedure.code"), cell("procedure.name"), cell("procedure.date")})) {
            Procedure out;
            const QString code = cell("procedure.code");
            // ICD-9-CM procedures are two digits, a dot and up to two more; Korean fee codes begin with a
            // letter.
            const bool icd = !code.isEmpty() && code[0].isDigit();
            out.code = coded("procedure.code", "procedure.name",
                code.isEmpty() ? QString()
                    : icd      ? QStringLiteral("icd9cm")
                               : QStringLiteral("edi"));
            out.time = time("procedure.date");
            out.source = m_intake.source();
            content.procedures.push_back(out);
        }
        if (isNew("immunization",
                {cell("immunization.code"), cell("immunization.name"), cell("immunization.date"),
                    cell("immunization.dose")})) {
            Immunization out;
            out.code =
                coded("immunization.code", "immunization.name", drugSystemByShape(cell("immunization.code")));
            out.time = time("immunization.date");
            out.dose = cell("immunization.dose");
            out.source = m_intake.source();
            content.immunizations.push_back(out);
        }
    }

    void readTexts()
    {
        Content &c = m_intake.out().content;
        const std::pair<const char *, Text *> texts[] = {{"text.reason", &c.reason},
            {"text.opinion", &c.opinion}, {"text.history", &c.history}, {"text.keyResults", &c.keyResults},
            {"text.plan", &c.plan}};
        for (const auto &[field, target] : texts) {
            const QString value = cell(field);
            if (!isNew(field, {value}))
                continue;
            target->text += (target->text.isEmpty() ? QString() : QStringLiteral("\n")) + value;
            target->source = m_intake.source();
        }
    }

    Intake m_intake;
    QMap<QString, int> m_columns{}; // field -> cell; ordered, so that entries come in one order
    QHash<QString, QString> m_identity{};
    QSet<QString> m_seen{};
    const CsvRow *m_row = nullptr;
    bool m_badNumberNoted = false, m_badBirthNoted = false;
};
} // namespace

base::Result<HandOver> readCsv(const QString &text, const ReadOptions &options)
{
    NARU_ASSIGN(const std::vector<CsvRow> rows, parseCsv(text, {options.maximumEntries + 1, 512}));
    if (rows.size() < 2)
        return base::Error(errors::Unrecognised, QStringLiteral("no header and row"),
            {{QStringLiteral("what"),
                QStringLiteral("neither JSON, HL7 v2 nor a CSV with a header and a row")}});
    return CsvReader(options).read(rows);
}

} // namespace naru::handover
