// HL7 v2 messages of one patient: PID NK1 PV1 DG1 AL1 OBR/OBX RXO/RXE/TQ1 RXA PR1 (v2.5 chapters 3, 4, 6, 7).
#include "core/handover/Coding.h"
#include "core/handover/Errors.h"
#include "core/handover/Hl7Message.h"
#include "core/handover/Intake.h"
#include "core/handover/Readers.h"

#include <QSet>

namespace naru::handover {

namespace {
using namespace clinical;

constexpr int maximumRepetitions = 16; // of one field; those beyond say nothing new

QString joined(std::initializer_list<QString> parts)
{
    QStringList out;
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty())
            out.append(part.trimmed());
    }
    return out.join(QLatin1Char(' '));
}

// XPN and the name parts of XCN: family^given; Korean names carry no space.
QString personName(const QString &family, const QString &given)
{
    const bool latin = !family.isEmpty() && family[0].script() == QChar::Script_Latin;
    if (latin) // people read given before family
        return Intake::text(joined({given, family}));
    return Intake::text(family + given);
}

class Hl7Reader {
public:
    explicit Hl7Reader(const ReadOptions &options)
        : m_intake(options, "hl7v2", QStringLiteral("EMR (HL7 v2)"))
    {
    }

    base::Result<HandOver> read(const std::vector<Hl7Message> &messages)
    {
        for (const Hl7Message &message : messages) {
            if (const Hl7Segment *pid = message.first("PID"); pid && !isOurs(*pid)) {
                m_intake.note(pid->place(3), QStringLiteral("a message about another patient; left out"));
                continue;
            }
            readMessage(message);
        }
        return m_intake.finish();
    }

private:
    Content &content() { return m_intake.out().content; }

    QString chartNumber(const Hl7Segment &pid) const
    {
        for (int i = 1; i <= qMin(pid.repetitionCount(3), maximumRepetitions); ++i) {
            const QString type = pid.component(3, 5, i);
            if (type.isEmpty() || type == QLatin1String("MR") || type == QLatin1String("PI")
                || type == QLatin1String("PT"))
                return Intake::text(pid.component(3, 1, i));
        }
        return Intake::text(pid.component(2));
    }

    // The first PID of the file names the patient; everything else must be about the same one.
    bool isOurs(const Hl7Segment &pid)
    {
        const QString key = chartNumber(pid) + QLatin1Char('\n') + pid.component(5) + pid.component(5, 2)
            + QLatin1Char('\n') + pid.component(7).left(8);
        if (m_patientKey.isEmpty())
            m_patientKey = key;
        const auto chart = [](const QString &k) { return k.section(QLatin1Char('\n'), 0, 0); };
        return chart(key).isEmpty() || chart(m_patientKey).isEmpty() ? key == m_patientKey
                                                                     : chart(key) == chart(m_patientKey);
    }

    void readMessage(const Hl7Message &message)
    {
        using Handler = void (Hl7Reader::*)(const Hl7Segment &);
        static const QHash<QString, Handler> handlers{{QStringLiteral("PID"), &Hl7Reader::pid},
            {QStringLiteral("NK1"), &Hl7Reader::nk1}, {QStringLiteral("PV1"), &Hl7Reader::pv1},
            {QStringLiteral("DG1"), &Hl7Reader::dg1}, {QStringLiteral("AL1"), &Hl7Reader::al1},
            {QStringLiteral("OBR"), &Hl7Reader::obr}, {QStringLiteral("OBX"), &Hl7Reader::obx},
            {QStringLiteral("RXO"), &Hl7Reader::rxo}, {QStringLiteral("RXE"), &Hl7Reader::rxe},
            {QStringLiteral("TQ1"), &Hl7Reader::tq1}, {QStringLiteral("RXA"), &Hl7Reader::rxa},
            {QStringLiteral("PR1"), &Hl7Reader::pr1}, {QStringLiteral("ORC"), &Hl7Reader::orc}};
        static const QSet<QString> silent{
            QStringLiteral("MSH"), QStringLiteral("EVN"), QStringLiteral("SFT")};
        m_observationRequest = nullptr;
        m_inOrder = false;
        for (const Hl7Segment &segment : message.segments) {
            if (segment.name() == QLatin1String("PID") && !isOurs(segment)) {
                m_intake.note(
                    segment.place(3), QStringLiteral("another patient in the same message; left out"));
                return;
            }
            if (const Handler handler = handlers.value(segment.name()))
                (this->*handler)(segment);
            else if (!silent.contains(segment.name()))
                m_intake.note(segment.place(1), QStringLiteral("this kind of segment is not taken over"));
            m_previous = segment.name();
        }
    }

    void pid(const Hl7Segment &s)
    {
        Patient &patient = m_intake.out().patient;
        patient.localId.extension = chartNumber(s);
        for (int i = 1; i <= qMin(s.repetitionCount(3), maximumRepetitions); ++i) {
            const QString type = s.component(3, 5, i);
            if (type == QLatin1String("NNKOR") || type == QLatin1String("SS") || type == QLatin1String("NI"))
                m_intake.takeResidentNumber(s.component(3, 1, i));
            else if (s.component(3, 1, i) == patient.localId.extension)
                patient.localId.root = systemOid(s.component(3, 4, i, 2));
        }
        if (!patient.localId.extension.isEmpty())
            patient.sources.insert(QStringLiteral("localId"), m_intake.source());
        if (!s.raw(19).isEmpty() && !m_intake.takeResidentNumber(s.component(19)))
            m_intake.note(s.place(19), QStringLiteral("not of the form of a resident number; left out"));
        m_intake.patientText("name", &Patient::name, nameOf(s, 5));
        m_intake.patientBirthDate(s.component(7), s.place(7));
        m_intake.patientSex(s.component(8), s.place(8));
        m_intake.patientText("phone", &Patient::phone, phoneOf(s, 13));
        if (const Address address = addressOf(s, 11); !address.isEmpty()) {
            patient.address = address;
            patient.sources.insert(QStringLiteral("address"), m_intake.source());
        }
    }

    // Of several spellings the one in Hangul.
    QString nameOf(const Hl7Segment &s, int field) const
    {
        QString out;
        for (int i = 1; i <= qMin(s.repetitionCount(field), maximumRepetitions); ++i) {
            const QString name = personName(s.component(field, 1, i), s.component(field, 2, i));
            const bool hangul = !name.isEmpty() && name[0].script() == QChar::Script_Hangul;
            if (out.isEmpty() || hangul)
                out = name;
            if (hangul)
                break;
        }
        return out;
    }

    QString phoneOf(const Hl7Segment &s, int field) const
    {
        for (const int part : {1, 12, 7}) {
            if (const QString value = s.component(field, part); !value.isEmpty())
                return part == 7 ? joined({s.component(field, 6), value}) : value;
        }
        return {};
    }

    Address addressOf(const Hl7Segment &s, int field) const
    {
        Address out;
        out.basic =
            Intake::text(joined({s.component(field, 4), s.component(field, 3), s.component(field, 1)}));
        out.detail = Intake::text(s.component(field, 2));
        out.postalCode = Intake::text(s.component(field, 5));
        return out;
    }

    void nk1(const Hl7Segment &s)
    {
        Patient &patient = m_intake.out().patient;
        if (patient.guardian) {
            m_intake.note(s.place(2), QStringLiteral("only the first next of kin is taken over"));
            return;
        }
        Guardian guardian;
        guardian.name = nameOf(s, 2);
        guardian.relation = hl7Meaning("0063", s.component(3));
        if (guardian.relation.isEmpty() && !s.component(3).isEmpty())
            m_intake.note(s.place(3), QStringLiteral("unknown relation; left out"));
        guardian.address = addressOf(s, 4);
        guardian.phone = Intake::text(phoneOf(s, 5));
        patient.guardian = guardian;
        patient.sources.insert(QStringLiteral("guardian"), m_intake.source());
    }

    void pv1(const Hl7Segment &s)
    {
        Encounter &encounter = m_intake.out().encounter;
        if (const QString code = hl7Meaning("0004", s.component(2)); !code.isEmpty())
            encounter.code = code;
        else if (!s.component(2).isEmpty())
            m_intake.note(s.place(2), QStringLiteral("unknown patient class"));
        encounter.start = m_intake.time(s.component(44), s.place(44));
        encounter.end = m_intake.time(s.component(45), s.place(45));
        Practitioner doctor;
        doctor.userId = Intake::text(s.component(7));
        doctor.name = personName(s.component(7, 2), s.component(7, 3));
        doctor.department.code = Intake::text(s.component(10));
        if (!doctor.name.isEmpty() || !doctor.userId.isEmpty())
            m_intake.out().doctor = doctor;
    }

    // CE / CWE: code^text^system^alternate code^text^system, 9 = original text.
    CodedValue coded(const Hl7Segment &s, int field, std::initializer_list<const char *> preferred,
        const QString &text = {})
    {
        std::vector<ReceivedCode> codes;
        for (const int at : {1, 4}) {
            ReceivedCode one{s.component(field, at), s.component(field, at + 2), s.component(field, at + 1)};
            if (!one.code.isEmpty() || !one.display.isEmpty())
                codes.push_back(one);
        }
        QString unknown;
        const CodedValue out =
            makeCoded(codes, !text.isEmpty() ? text : s.component(field, 9), preferred, &unknown);
        if (!unknown.isEmpty())
            m_intake.note(s.place(field), QStringLiteral("unknown code system"));
        return out;
    }

    void dg1(const Hl7Segment &s)
    {
        if (!m_intake.admit(s.place(3)))
            return;
        Problem problem;
        problem.code = coded(s, 3, {"kcd", "icd10"}, s.component(4));
        problem.onset = m_intake.time(s.component(5), s.place(5));
        problem.main = s.component(15) == QLatin1String("1");
        problem.source = m_intake.source();
        if (problem.code.isEmpty())
            m_intake.note(s.place(3), QStringLiteral("a diagnosis without code and text; left out"));
        else
            content().problems.push_back(problem);
    }

    void al1(const Hl7Segment &s)
    {
        if (!m_intake.admit(s.place(3)))
            return;
        Allergy allergy;
        allergy.kind = coded(s, 2, {"kostom"});
        allergy.agent = coded(s, 3, {"kd", "edi", "atc"});
        QStringList reactions;
        for (int i = 1; i <= qMin(s.repetitionCount(5), maximumRepetitions); ++i)
            reactions.append(Intake::text(s.component(5, 1, i)));
        allergy.reaction = reactions.join(QStringLiteral(", "));
        allergy.time = m_intake.time(s.component(6), s.place(6));
        allergy.source = m_intake.source();
        content().allergies.push_back(allergy);
    }

    void obr(const Hl7Segment &s) { m_observationRequest = &s; }

    QString observationValue(const Hl7Segment &s)
    {
        const QString type = s.component(2);
        if (type == QLatin1String("CE") || type == QLatin1String("CWE")) {
            const QString display = s.component(5, 2);
            return Intake::text(display.isEmpty() ? s.component(5) : display);
        }
        if (type == QLatin1String("SN")) // comparator^number^separator^number
            return Intake::text(s.component(5) + s.component(5, 2) + s.component(5, 3) + s.component(5, 4));
        if (type == QLatin1String("ED") || type == QLatin1String("RP")) {
            m_intake.note(s.place(5), QStringLiteral("embedded or linked data is not taken over"));
            return {};
        }
        return Intake::text(s.textOf(5));
    }

    void obx(const Hl7Segment &s)
    {
        const QString status = s.component(11);
        if (status == QLatin1String("X") || status == QLatin1String("D") || status == QLatin1String("W")) {
            m_intake.note(s.place(11), QStringLiteral("a withdrawn or impossible result; left out"));
            return;
        }
        if (status == QLatin1String("P") || status == QLatin1String("R"))
            m_intake.note(s.place(11), QStringLiteral("not yet a final result"));
        const QString value = observationValue(s);
        if (value.isEmpty() || continuesLastText(s, value) || !m_intake.admit(s.place(5)))
            return;
        base::Timestamp time = m_intake.time(s.component(14), s.place(14));
        if (time.isNull() && m_observationRequest)
            time = m_intake.time(m_observationRequest->component(7), m_observationRequest->place(7));
        const CodedValue code = coded(s, 3, {"edi", "loinc"});
        if (addVital(s, code, value, time))
            return;
        LabResult lab;
        lab.code = code;
        lab.item = lab.code.text();
        lab.time = time;
        lab.value = value;
        lab.unit = Intake::text(s.component(6));
        lab.referenceRange = Intake::text(s.textOf(7));
        lab.interpretation = Intake::text(s.component(8));
        lab.laboratory = Intake::text(s.component(15, 2));
        if (m_observationRequest) {
            lab.category = labCategoryOf(hl7Meaning("0074", m_observationRequest->component(24)));
            lab.accessionNumber = Intake::text(m_observationRequest->component(18));
        }
        lab.source = m_intake.source();
        content().labs.push_back(lab);
        m_lastText = isLongText(s) ? s.raw(3) : QString();
    }

    static bool isLongText(const Hl7Segment &s)
    {
        const QString type = s.component(2);
        return type == QLatin1String("TX") || type == QLatin1String("FT");
    }

    // A report in TX comes one line an OBX with the same OBX-3.
    bool continuesLastText(const Hl7Segment &s, const QString &value)
    {
        if (m_previous != QLatin1String("OBX") || !isLongText(s) || m_lastText.isEmpty()
            || s.raw(3) != m_lastText || content().labs.empty())
            return false;
        content().labs.back().value += QLatin1Char('\n') + value;
        return true;
    }

    bool addVital(
        const Hl7Segment &s, const CodedValue &code, const QString &value, const base::Timestamp &time)
    {
        auto vital =
            code.system == systemOid(QStringLiteral("loinc")) ? vitalByLoinc(code.code) : std::nullopt;
        for (const CodedValue &other : code.translations) {
            if (!vital && other.system == systemOid(QStringLiteral("loinc")))
                vital = vitalByLoinc(other.code);
        }
        if (!vital)
            return false;
        vital->value = value;
        vital->time = time;
        if (const QString unit = Intake::text(s.component(6)); !unit.isEmpty())
            vital->unit = unit;
        vital->source = m_intake.source();
        content().vitals.push_back(*vital);
        return true;
    }

    void orc(const Hl7Segment &s)
    {
        m_inOrder = false;
        const QString control = s.component(1);
        m_cancelled = control == QLatin1String("CA") || control == QLatin1String("OC")
            || control == QLatin1String("DC");
        if (m_cancelled)
            m_intake.note(s.place(1), QStringLiteral("a cancelled or stopped order; left out"));
    }

    // RXE repeats what RXO asked for, as the pharmacy will give it: one medicine an order.
    Medication *medication(const Hl7Segment &s)
    {
        if (m_cancelled)
            return nullptr;
        if (m_inOrder && s.name() == QLatin1String("RXE") && !content().medications.empty())
            return &content().medications.back();
        if (!m_intake.admit(s.place(1)))
            return nullptr;
        content().medications.emplace_back();
        m_inOrder = true;
        return &content().medications.back();
    }

    void fillMedication(const Hl7Segment &s, int code, int amount, int unit, int instructions)
    {
        Medication *out = medication(s);
        if (!out)
            return;
        out->code = coded(s, code, {"kd", "edi", "atc"});
        if (out->code.system.isEmpty())
            out->code.system = drugSystemByShape(out->code.code);
        out->doseValue = Intake::text(s.component(amount));
        out->doseUnit = Intake::text(s.component(unit));
        const QString words = s.component(instructions, 2);
        out->usage = Intake::text(words.isEmpty() ? s.component(instructions) : words);
        out->source = m_intake.source();
    }

    void rxo(const Hl7Segment &s)
    {
        m_inOrder = false;
        fillMedication(s, 1, 2, 4, 7);
    }

    void rxe(const Hl7Segment &s)
    {
        if (m_previous != QLatin1String("RXO") && m_previous != QLatin1String("RXR")
            && m_previous != QLatin1String("TQ1"))
            m_inOrder = false;
        fillMedication(s, 2, 3, 5, 7);
        if (!s.raw(1).isEmpty()) // TQ, v2.4 and before: quantity^interval^duration^start
            timing(s, 1, s.component(1, 2), s.component(1, 3), s.component(1, 4));
    }

    void tq1(const Hl7Segment &s) { timing(s, 7, s.component(3), s.component(6), s.component(7)); }

    void timing(
        const Hl7Segment &s, int field, const QString &pattern, const QString &duration, const QString &start)
    {
        if (m_cancelled || !m_inOrder || content().medications.empty()) {
            if (!m_cancelled)
                m_intake.note(s.place(field), QStringLiteral("timing before its order; left out"));
            return;
        }
        Medication &out = content().medications.back();
        if (!pattern.isEmpty()) {
            out.timesPerDay = timesPerDayOf(pattern);
            if (out.timesPerDay.isEmpty())
                out.usage = joined({out.usage, Intake::text(pattern)});
        }
        const QString days = duration.startsWith(QLatin1Char('D')) ? duration.mid(1) : duration;
        if (bool ok = false; days.toInt(&ok) > 0 && ok)
            out.days = days;
        if (const base::Timestamp at = m_intake.time(start, s.place(field)); !at.isNull())
            out.start = at;
    }

    void rxa(const Hl7Segment &s)
    {
        if (s.component(20) == QLatin1String("NA") || s.component(20) == QLatin1String("RE")) {
            m_intake.note(s.place(20), QStringLiteral("not given; left out"));
            return;
        }
        if (!m_intake.admit(s.place(5)))
            return;
        Immunization out;
        out.code = coded(s, 5, {"kd", "kostom"});
        out.time = m_intake.time(s.component(3), s.place(3));
        out.dose = Intake::text(s.component(2));
        out.source = m_intake.source();
        content().immunizations.push_back(out);
    }

    void pr1(const Hl7Segment &s)
    {
        if (!m_intake.admit(s.place(3)))
            return;
        Procedure out;
        out.code = coded(s, 3, {"icd9cm", "edi"}, s.component(4));
        out.time = m_intake.time(s.component(5), s.place(5));
        out.anaesthesia = Intake::text(s.component(9));
        out.source = m_intake.source();
        content().procedures.push_back(out);
    }

    Intake m_intake;
    QString m_patientKey{};
    QString m_previous{};
    QString m_lastText{};
    const Hl7Segment *m_observationRequest = nullptr;
    bool m_inOrder = false;
    bool m_cancelled = false;
};
} // namespace

base::Result<HandOver> readHl7v2(const QByteArray &bytes, const ReadOptions &options)
{
    NARU_ASSIGN(const auto messages, parseHl7(bytes, options.charset, options.maximumEntries * 4));
    if (messages.empty())
        return base::Error(errors::NoPatient, QStringLiteral("no message"));
    auto out = Hl7Reader(options).read(messages);
    if (out)
        out->encoding = messages.front().charset;
    return out;
}

} // namespace naru::handover
