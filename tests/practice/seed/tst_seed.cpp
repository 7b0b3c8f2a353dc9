// The invented world: the same for the same number, readable, and its tables say what its entries say.
#include "app/practice/seed/Institutions.h"
#include "app/practice/seed/ReferralReader.h"
#include "app/practice/seed/ReturnLetter.h"
#include "app/practice/seed/SeedCases.h"
#include "app/practice/seed/SeedWorld.h"
#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/base/Oid.h"
#include "core/base/Xml.h"

#include <QFile>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace naru;
using namespace naru::practice;
using base::XmlElement;
using clinical::Form;

namespace {
QString a(const XmlElement *element, const char *name)
{
    return element ? element->attribute(QLatin1String(name)) : QString();
}

void collect(const XmlElement &from, const char *name, std::vector<const XmlElement *> &out)
{
    for (const XmlElement &child : from.children) {
        if (child.name == QLatin1String(name))
            out.push_back(&child);
        collect(child, name, out);
    }
}
std::vector<const XmlElement *> below(const XmlElement &from, const char *name)
{
    std::vector<const XmlElement *> out;
    collect(from, name, out);
    return out;
}

// Text of the narrative element that carries this ID.
QString narrative(const XmlElement &section, const QString &id)
{
    for (const char *name : {"tr", "list", "paragraph"}) {
        for (const XmlElement *element : below(section, name)) {
            if (a(element, "ID") == id)
                return element->allText();
        }
    }
    return {};
}
} // namespace

class tst_Seed : public QObject {
    Q_OBJECT

private:
    SeedWorld m_world{};
    std::vector<clinical::Institution> m_institutions{};

    const SeedDocument *first(Form form) const
    {
        for (const SeedDocument &one : m_world.documents) {
            if (one.document.form == form)
                return &one;
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto institutions =
            loadInstitutions(QStringLiteral(NARU_SOURCE_DIR "/resources/sites/practice/institutions.tsv"));
        QVERIFY(institutions.ok());
        m_institutions = institutions.value();
        auto world = makeWorld({}, m_institutions);
        QVERIFY(world.ok());
        m_world = std::move(world).value();
        // For checking against the CDA R2 schema, which is not part of this repository.
        const QString folder = qEnvironmentVariable("NARU_SEED_OUT");
        for (size_t i = 0; !folder.isEmpty() && i < m_world.documents.size(); ++i) {
            QFile file(QStringLiteral("%1/%2.xml").arg(folder).arg(i));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(m_world.documents[i].bytes);
        }
    }

    void institutions()
    {
        QMap<QString, int> kinds;
        QSet<QString> oids;
        for (const auto &one : m_institutions) {
            ++kinds[one.kind];
            oids.insert(one.oid);
            QVERIFY(one.oid.startsWith(base::oid("institutionRoot").text() + QStringLiteral(".3199")));
            QVERIFY(!one.departments.empty() && !one.phone.isEmpty());
        }
        QVERIFY(m_institutions.size() >= 30);
        QCOMPARE(size_t(oids.size()), m_institutions.size());
        QCOMPARE(kinds.value(QStringLiteral("상급종합병원")), 5);
        QCOMPARE(kinds.value(QStringLiteral("종합병원")), 8);
        QCOMPARE(kinds.value(QStringLiteral("병원")), 7);
        QVERIFY(kinds.value(QStringLiteral("의원")) >= 10);
        QVERIFY(!parseInstitutions("name\tkind\nx\ty\n").ok());
        QVERIFY(!makeWorld({}, {}).ok());
    }

    void sameNumberSameBytes()
    {
        const auto again = makeWorld({}, m_institutions);
        QVERIFY(again.ok());
        QCOMPARE(again->documents.size(), m_world.documents.size());
        for (size_t i = 0; i < m_world.documents.size(); ++i) {
            QCOMPARE(again->documents[i].sha1Hex, m_world.documents[i].sha1Hex);
            QCOMPARE(again->documents[i].entryUuid, m_world.documents[i].entryUuid);
        }
        SeedOptions other;
        other.seed = 7;
        other.patients = 60;
        other.documents = 150;
        const auto different = makeWorld(other, m_institutions);
        QVERIFY(different.ok());
        QVERIFY(different->documents.front().sha1Hex != m_world.documents.front().sha1Hex);
    }

    void counts()
    {
        QVERIFY(m_world.patients.size() >= 200);
        QMap<Form, int> forms;
        QMap<int, int> perPatient;
        QSet<QString> ids;
        QSet<QString> uuids;
        for (const SeedDocument &one : m_world.documents) {
            ++forms[one.document.form];
            ids.insert(one.uniqueId);
            uuids.insert(one.entryUuid);
            if (one.document.form != Form::Consent && one.document.form != Form::Withdrawal)
                ++perPatient[one.patientIndex];
            QVERIFY(one.uniqueId.size() <= 128);
            QVERIFY(base::Oid::parse(one.document.id.root).ok());
            QCOMPARE(one.document.id.extension.size(), 21);
            QCOMPARE(one.sha1Hex, base::sha1Hex(one.bytes));
            QVERIFY(one.creationTime <= QStringLiteral("20261121"));
            QVERIFY(one.creationTime >= QStringLiteral("202210"));
        }
        QCOMPARE(size_t(ids.size()), m_world.documents.size());
        QCOMPARE(size_t(uuids.size()), m_world.documents.size());
        int clinical = 0;
        for (const Form form : {Form::Referral, Form::Return, Form::Reply, Form::Summary, Form::ImagingReport,
                 Form::Emergency}) {
            QVERIFY2(forms.value(form) >= 8, qPrintable(clinical::formKey(form)));
            clinical += forms.value(form);
        }
        QVERIFY(clinical >= 400);
        QVERIFY(perPatient.value(0) >= 50);
        const double share = double(forms.value(Form::Consent)) / double(m_world.patients.size());
        QVERIFY2(share > 0.78 && share < 0.92, qPrintable(QString::number(share)));
        QVERIFY(forms.value(Form::Withdrawal) >= 3);
        QVERIFY(std::any_of(m_world.patients.begin(), m_world.patients.end(),
            [](const SeedPatient &one) { return !one.excludedDepartments.empty(); }));
    }

    void people()
    {
        int homonyms = 0;
        int guarded = 0;
        int longNames = 0;
        for (size_t i = 0; i < m_world.patients.size(); ++i) {
            const clinical::Patient &one = m_world.patients[i].patient;
            QVERIFY(one.residentNumber.isEmpty());
            QVERIFY(!one.name.isEmpty() && !one.birthDate.isNull() && one.sex != clinical::Sex::Unknown);
            if (one.ageOn(m_world.options.today) < 14) {
                ++guarded;
                QVERIFY(one.guardian && !one.guardian->name.isEmpty() && !one.guardian->phone.isEmpty());
            }
            longNames += one.name.size() > 30 ? 1 : 0;
            for (size_t k = 0; k < i; ++k) {
                const clinical::Patient &other = m_world.patients[k].patient;
                if (other.name == one.name && other.sex == one.sex) {
                    ++homonyms;
                    QVERIFY2(other.birthDate != one.birthDate, "two people nobody can tell apart");
                }
            }
        }
        QVERIFY(homonyms >= 10);
        QVERIFY(guarded >= 15);
        QVERIFY(longNames >= 1);
    }

    // Children sign through their representative.
    void consentSigners()
    {
        for (const SeedDocument &one : m_world.documents) {
            if (!one.document.consent)
                continue;
            const bool child = m_world.patients[size_t(one.patientIndex)].patient.guardian.has_value();
            QCOMPARE(one.document.consent->signer == clinical::ConsentStatement::Signer::LegalRepresentative,
                child);
            QVERIFY(one.bytes.contains("iVBORw0KGgo")); // a PNG
            const auto parsed = base::parseXml(one.bytes);
            QVERIFY(parsed.ok());
            const XmlElement *event = parsed->path({"documentationOf", "serviceEvent", "code"});
            QCOMPARE(a(event, "code"), one.policies.value(0));
            // Readers take the excluded departments from row 8, the reason of a withdrawal from row 10.
            const auto rows = below(*parsed, "tr");
            QCOMPARE(int(rows.size()), one.document.form == Form::Consent ? 8 : 10);
        }
    }

    void everyCodeHasItsName()
    {
        const SeedTables tables = SeedTables::load();
        QVERIFY(tables.cases.size() >= 16);
        for (const SeedCase &one : tables.cases) {
            QVERIFY2(one.has("dx") && one.has("opinion") && one.has("reason") && one.has("return"),
                qPrintable(one.name));
            for (const QStringList &row : one.all("dx"))
                QVERIFY2(!tables.coded("kcd", row.value(0)).display.isEmpty(), qPrintable(row.value(0)));
            for (const char *item : {"med", "med2"}) {
                for (const QStringList &row : one.all(item))
                    QVERIFY2(!tables.coded("atc", row.value(0)).display.isEmpty(), qPrintable(row.value(0)));
            }
            for (const QStringList &row : one.all("proc"))
                QVERIFY2(!tables.coded("icd9cm", row.value(0)).display.isEmpty(), qPrintable(row.value(0)));
            for (const QStringList &row : one.all("lab")) {
                QVERIFY2(tables.labs.contains(row.value(0)), qPrintable(row.value(0)));
                QVERIFY2(!tables.coded("loinc", row.value(0)).display.isEmpty(), qPrintable(row.value(0)));
            }
        }
    }

    void documentsAreWellFormedAndAgree()
    {
        for (const SeedDocument &one : m_world.documents) {
            const auto parsed = base::parseXml(one.bytes);
            QVERIFY(parsed.ok());
            QCOMPARE(parsed->name, QStringLiteral("ClinicalDocument"));
            QCOMPARE(a(parsed->child(QLatin1String("id")), "root"), one.document.id.root);
            QVERIFY(!one.bytes.contains("{lab:") && !one.bytes.contains("{years}"));
            for (const XmlElement *section : below(*parsed, "section"))
                agree(*section);
            if (one.document.form == Form::Consent || one.document.form == Form::Withdrawal)
                continue;
            // Every diagnosis code of the values is in a problem entry.
            QSet<QString> codes;
            for (const XmlElement *value : below(*parsed, "value"))
                codes.insert(a(value, "code"));
            for (const auto &problem : one.document.content.problems)
                QVERIFY(codes.contains(problem.code.code));
        }
    }

private:
    // Whatever an entry points at must say the entry's value and code.
    static void agree(const XmlElement &section)
    {
        int references = 0;
        for (const char *kind : {"observation", "substanceAdministration", "procedure"}) {
            for (const XmlElement *act : below(section, kind)) {
                const XmlElement *reference = act->path({"text", "reference"});
                if (!reference)
                    continue;
                ++references;
                const QString row = narrative(section, a(reference, "value").mid(1));
                QVERIFY2(!row.isEmpty(), "an entry points at nothing");
                const XmlElement *value = act->child(QLatin1String("value"));
                if (value && !a(value, "value").isEmpty())
                    QVERIFY(row.contains(a(value, "value")));
                else if (value && !a(value, "code").isEmpty())
                    QVERIFY(row.contains(a(value, "code")));
                else if (value && !value->allText().trimmed().isEmpty())
                    QVERIFY(row.contains(value->allText().trimmed()));
                if (const XmlElement *dose = act->child(QLatin1String("doseQuantity")))
                    QVERIFY(row.contains(a(dose, "value") + QLatin1Char(' ') + a(dose, "unit")));
                if (act->name == QLatin1String("procedure"))
                    QVERIFY(row.contains(a(act->child(QLatin1String("code")), "code")));
            }
        }
        const auto entries = section.all(QLatin1String("entry"));
        const bool coded = !entries.empty() && !entries.front()->path({"act", "templateId"})
            && !entries.front()->child(QLatin1String("observationMedia"));
        QVERIFY(!coded || references > 0);
    }

private Q_SLOTS:
    // A clinic that refers has no pathology and no function tests of the hospital yet; nothing began before
    // birth or after the visit; children are given no course of adults.
    void timesAndPlacesMakeSense()
    {
        for (const SeedDocument &one : m_world.documents) {
            const clinical::Document &document = one.document;
            for (const auto &problem : document.content.problems) {
                QVERIFY(problem.onset.date() <= document.effectiveTime.date());
                QVERIFY(problem.onset.date() > document.patient.birthDate.date());
            }
            if (document.form == Form::Referral || document.form == Form::Emergency) {
                for (const auto &lab : document.content.labs)
                    QVERIFY(lab.category == clinical::LabResult::Category::Specimen
                        || lab.category == clinical::LabResult::Category::Radiology);
                QVERIFY(document.content.procedures.empty());
            }
            if (document.patient.ageOn(document.effectiveTime.date()) < 14 && !document.consent)
                QCOMPARE(document.content.problems.front().code.code, QStringLiteral("J450"));
        }
    }

    void longCourseHasATrend()
    {
        QList<double> values;
        for (const SeedDocument &one : m_world.documents) {
            if (one.patientIndex != 0)
                continue;
            for (const auto &lab : one.document.content.labs) {
                if (lab.code.code == QLatin1String("4548-4"))
                    values.append(lab.value.toDouble());
            }
        }
        QVERIFY(values.size() >= 30);
        QVERIFY(values.first() > 9.0);
        QVERIFY(values.last() < 7.4);
    }

    void answersPointAtTheirReferral()
    {
        int answers = 0;
        for (const SeedDocument &one : m_world.documents) {
            if (one.repliesTo.isEmpty())
                continue;
            ++answers;
            const auto it = std::find_if(m_world.documents.begin(), m_world.documents.end(),
                [&](const SeedDocument &other) { return other.uniqueId == one.repliesTo; });
            QVERIFY(it != m_world.documents.end());
            QCOMPARE(it->patientIndex, one.patientIndex);
            QVERIFY(it->creationTime < one.creationTime);
            QCOMPARE(one.document.recipients.front().institution.oid, it->institutionOid);
        }
        QVERIFY(answers >= 30);
    }

    void returnLetterAnswersItsReferral()
    {
        const SeedDocument *referral = first(Form::Referral);
        QVERIFY(referral);
        ReturnOptions options;
        options.hospital = m_institutions[2];
        options.when = QDateTime(QDate(2026, 11, 21), QTime(3, 0), Qt::UTC);
        const auto answer = composeReturn(referral->bytes, options);
        QVERIFY(answer.ok());
        QCOMPARE(composeReturn(referral->bytes, options)->sha1Hex, answer->sha1Hex);
        QCOMPARE(answer->repliesTo, referral->uniqueId);
        const auto xml = base::parseXml(answer->bytes);
        QVERIFY(xml.ok());
        QCOMPARE(a(xml->path({"inFulfillmentOf", "order", "id"}), "root"), referral->document.id.root);
        QCOMPARE(a(xml->path({"recordTarget", "patientRole", "id"}), "extension"),
            referral->document.patient.localId.extension);
        QCOMPARE(answer->document.patient.name, referral->document.patient.name);
        QCOMPARE(answer->document.patient.birthDate, referral->document.patient.birthDate);
        QCOMPARE(answer->document.recipients.front().institution.oid, referral->institutionOid);
        QCOMPARE(answer->document.recipients.front().doctor.name, referral->document.author.name);
        QCOMPARE(answer->document.content.problems.front().code.code,
            referral->document.content.problems.front().code.code);
        QVERIFY(!answer->document.content.plan.text.isEmpty());
        const QString out = qEnvironmentVariable("NARU_SEED_OUT");
        if (!out.isEmpty()) {
            QFile file(out + QStringLiteral("/return.xml"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(answer->bytes);
        }
    }

    // A referral from outside: dotted codes, prefixed elements, a diagnosis that no case knows, a medicine in
    // words alone.
    void returnLetterForAStrangeReferral()
    {
        QFile file(
            QStringLiteral(NARU_SOURCE_DIR "/tests/practice/seed/referral-prefixed-dotted-uncoded.xml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray text = file.readAll();
        ReturnOptions options;
        options.hospital = m_institutions[3];
        options.when = QDateTime(QDate(2026, 11, 21), QTime(3, 0), Qt::UTC);
        const auto answer = composeReturn(text, options);
        QVERIFY(answer.ok());
        QCOMPARE(answer->repliesTo, QStringLiteral("2.25.1^7"));
        QCOMPARE(answer->document.patient.name, QStringLiteral("홍길동"));
        QCOMPARE(answer->document.content.problems.size(), size_t(1));
        QVERIFY(answer->document.content.opinion.text.contains(QStringLiteral("보통여드름을 평가")));
        QVERIFY(answer->bytes.contains("Acne vulgaris"));
        QVERIFY(base::parseXml(answer->bytes).ok());
        // An adult's asthma does not get the doses of the children's case.
        const auto adult = composeReturn(text.replace("L70.0", "J45.0"), options);
        QVERIFY(adult.ok());
        QCOMPARE(adult->document.content.medications.size(), size_t(1));
        QCOMPARE(adult->document.content.medications.front().code.originalText, QStringLiteral("연고"));
        const QString out = qEnvironmentVariable("NARU_SEED_OUT");
        if (!out.isEmpty()) {
            QFile written(out + QStringLiteral("/strange.xml"));
            QVERIFY(written.open(QIODevice::WriteOnly));
            written.write(answer->bytes);
        }
    }

    void returnLetterRefusesWhatIsNoReferral()
    {
        QVERIFY(!composeReturn("", {}).ok());
        QVERIFY(!composeReturn("<a/>", {}).ok());
        QVERIFY(composeReturn(first(Form::Summary)->bytes, {}).error().is(base::errors::Invalid));
        QByteArray cut = first(Form::Referral)->bytes;
        cut.chop(40);
        QVERIFY(!composeReturn(cut, {}).ok());
        QByteArray doctype = "<!DOCTYPE x [<!ENTITY e 'x'>]>"
            + first(Form::Referral)->bytes.mid(first(Form::Referral)->bytes.indexOf("<Clin"));
        QVERIFY(!composeReturn(doctype, {}).ok());
    }
};

QTEST_GUILESS_MAIN(tst_Seed)
#include "tst_seed.moc"
