// Every rule fires when it should and is silent when it should; both ends of a document version are compared.
#include "SampleDocuments.h"
#include "core/cda/read/CdaReader.h"
#include "core/cda/render/Diff.h"
#include "core/cda/rules/CheckKinds.h"
#include "core/cda/rules/Rules.h"
#include "core/cda/write/CdaWriter.h"

#include <QtTest>

using namespace naru;
using namespace naru::clinical;

namespace {
const QDate today(2026, 11, 22);

cda::RuleOptions options()
{
    cda::RuleOptions out;
    out.today = today;
    return out;
}

QStringList fired(const Document &document, const cda::RuleOptions &opts = options())
{
    QStringList out;
    for (const RuleProblem &problem : cda::checkDocument(document, opts))
        out.append(problem.rule);
    return out;
}

using Break = std::function<void(Document &)>;
struct Case {
    const char *rule;
    Form form;
    Break breakIt;
};

std::vector<Case> cases()
{
    const auto future = samples::ts("20270101");
    std::vector<Case> out{
        {"id", Form::Referral, [](Document &d) { d.id.root.clear(); }},
        {"id.oid", Form::Referral, [](Document &d) { d.id.root = QStringLiteral("abc"); }},
        {"id.request", Form::Referral, [](Document &d) { d.id.extension = QStringLiteral("12"); }},
        {"effectiveTime", Form::Referral, [](Document &d) { d.effectiveTime = {}; }},
        {"effectiveTime.future", Form::Referral, [=](Document &d) { d.effectiveTime = future; }},
        {"confidentiality", Form::Referral, [](Document &d) { d.confidentiality = QStringLiteral("X"); }},
        {"custodian.oid", Form::Summary, [](Document &d) { d.custodian.oid.clear(); }},
        {"custodian.oid.form", Form::Summary, [](Document &d) { d.custodian.oid = QStringLiteral("1.02"); }},
        {"custodian.number", Form::Summary, [](Document &d) { d.custodian.number.clear(); }},
        {"custodian.number.form", Form::Summary,
            [](Document &d) { d.custodian.number = QStringLiteral("1"); }},
        {"custodian.name", Form::Summary, [](Document &d) { d.custodian.name.clear(); }},
        {"custodian.phone", Form::Summary, [](Document &d) { d.custodian.phone.clear(); }},
        {"patient.localId", Form::Consent, [](Document &d) { d.patient.localId = {}; }},
        {"patient.name", Form::Consent, [](Document &d) { d.patient.name = QStringLiteral("  "); }},
        {"patient.birthDate", Form::Consent, [](Document &d) { d.patient.birthDate = {}; }},
        {"patient.birthDate.future", Form::Consent, [=](Document &d) { d.patient.birthDate = future; }},
        {"patient.sex", Form::Referral, [](Document &d) { d.patient.sex = Sex::Unknown; }},
        {"guardian.relation", Form::Referral,
            [](Document &d) {
                d.patient.guardian = Guardian{QStringLiteral("AUNT"), {}, {}, {}};
            }},
        {"author.name", Form::Referral, [](Document &d) { d.author.name.clear(); }},
        {"author.licence", Form::Referral, [](Document &d) { d.author.licence.clear(); }},
        {"authenticator.userId", Form::Referral, [](Document &d) { d.authenticator.userId.clear(); }},
        {"authenticator.name", Form::Referral, [](Document &d) { d.authenticator.name.clear(); }},
        {"recipients", Form::Referral, [](Document &d) { d.recipients.clear(); }},
        {"recipient.oid", Form::Reply, [](Document &d) { d.recipients[0].institution.oid.clear(); }},
        {"recipient.number", Form::Return, [](Document &d) { d.recipients[0].institution.number.clear(); }},
        {"recipient.name", Form::Emergency, [](Document &d) { d.recipients[0].institution.name.clear(); }},
        {"recipient.phone", Form::Referral, [](Document &d) { d.recipients[0].institution.phone.clear(); }},
        {"reason.referral", Form::Referral, [](Document &d) { d.content.reason = {}; }},
        {"reason.return", Form::Return, [](Document &d) { d.content.reason = {}; }},
        {"reason.emergency", Form::Emergency, [](Document &d) { d.content.reason = {}; }},
        {"problems", Form::Reply, [](Document &d) { d.content.problems.clear(); }},
        {"problems.code", Form::Referral, [](Document &d) { d.content.problems[1].code = {}; }},
        {"problems.code.system", Form::Referral,
            [](Document &d) { d.content.problems[1].code.code.clear(); }},
        {"problems.onset", Form::Referral, [=](Document &d) { d.content.problems[0].onset = future; }},
        {"problems.main", Form::Referral, [](Document &d) { d.content.problems[1].main = true; }},
        {"medications.code", Form::Referral, [](Document &d) { d.content.medications[0].code = {}; }},
        {"medications.code.system", Form::Referral,
            [](Document &d) { d.content.medications[0].code.system.clear(); }},
        {"medications.dose", Form::Referral, [](Document &d) { d.content.medications[0].doseUnit.clear(); }},
        {"medications.doseNumber", Form::Referral,
            [](Document &d) { d.content.medications[0].doseValue = QStringLiteral("반"); }},
        {"dischargeMedications.code", Form::Return,
            [](Document &d) { d.content.dischargeMedications[0].code = {}; }},
        {"labs.code", Form::Referral, [](Document &d) { d.content.labs[1].code = {}; }},
        {"labs.time", Form::Referral, [=](Document &d) { d.content.labs[0].time = future; }},
        {"labs.value", Form::Referral, [](Document &d) { d.content.labs[0].value.clear(); }},
        {"procedures.code", Form::Return, [](Document &d) { d.content.procedures[0].code = {}; }},
        {"procedures.time", Form::Return, [=](Document &d) { d.content.procedures[0].time = future; }},
        {"allergies.agent", Form::Referral, [](Document &d) { d.content.allergies[0].agent = {}; }},
        {"readings", Form::ImagingReport, [](Document &d) { d.content.readings.clear(); }},
        {"readings.conclusion", Form::ImagingReport,
            [](Document &d) {
                d.content.readings[0].conclusion = d.content.readings[0].findings = QString();
            }},
        {"readings.order", Form::ImagingReport,
            [](Document &d) { d.content.readings[0].read = samples::ts("20261101"); }},
        {"opinion.emergency", Form::Emergency, [](Document &d) { d.content.opinion = {}; }},
        {"opinion.reply", Form::Reply, [](Document &d) { d.content.opinion = {}; }},
        {"transfer.order", Form::Emergency,
            [](Document &d) { d.content.transfer.transferred = samples::ts("202611221000+0900"); }},
        {"encounter.order", Form::Referral, [](Document &d) { d.encounter.end = samples::ts("20261121"); }},
        {"encounter.code", Form::Referral, [](Document &d) { d.encounter.code = QStringLiteral("HH"); }},
        {"inReplyTo", Form::Return, [](Document &d) { d.inReplyTo = {}; }},
        {"relay.status.code", Form::Referral,
            [](Document &d) { d.content.relay.status = QStringLiteral("09"); }},
        {"relay.transferType.code", Form::Return,
            [](Document &d) { d.content.relay.transferType = QStringLiteral("9"); }},
        {"relay.separator", Form::Referral,
            [](Document &d) { d.content.relay.clinical = QStringLiteral("a||&b"); }},
        {"exception", Form::Emergency, [](Document &d) { d.exception.decidedBy.clear(); }},
        {"consent", Form::Consent, [](Document &d) { d.consent.reset(); }},
        {"consent.policy", Form::Consent,
            [](Document &d) { d.consent->policy = base::oid("krConsentPart").text(); }},
        {"consent.signature", Form::Withdrawal, [](Document &d) { d.consent->signaturePng.clear(); }},
        {"consent.signerName", Form::Consent, [](Document &d) { d.consent->signerName.clear(); }},
        {"consent.date", Form::Consent, [](Document &d) { d.consent->date = {}; }},
        {"consent.agreedProvision", Form::Consent, [](Document &d) { d.consent->agreedProvision = false; }},
        {"consent.agreedSensitive", Form::Consent, [](Document &d) { d.consent->agreedSensitive = false; }},
        {"consent.items", Form::Consent, [](Document &d) { d.consent->purposeText.clear(); }},
        {"withdrawal", Form::Withdrawal, [](Document &d) { d.consent.reset(); }},
        {"withdrawal.policy", Form::Withdrawal,
            [](Document &d) { d.consent->policy = base::oid("krConsentAll").text(); }},
        {"residentNumber", Form::Referral,
            [](Document &d) { d.content.history.text += QStringLiteral(" 610302-1234567"); }},
        {"text.plain", Form::Referral,
            [](Document &d) { d.content.plan.text = QStringLiteral("a") + QChar(7); }},
        {"text.length", Form::Referral,
            [](Document &d) { d.content.reason.text = QStringLiteral("가").repeated(4001); }},
    };
    return out;
}
} // namespace

class tst_cda_rules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsAreSound()
    {
        QStringList ids;
        for (const cda::Rule &rule : cda::rules()) {
            QVERIFY2(cda::checkKinds().contains(rule.check), qPrintable(rule.id));
            QVERIFY2(!ids.contains(rule.id), qPrintable(rule.id));
            ids.append(rule.id);
            QVERIFY2(!rule.messageKo.isEmpty() && !rule.messageEn.isEmpty() && !rule.source.isEmpty(),
                qPrintable(rule.id));
            if (cda::needsBytes(rule.check) || rule.field.isEmpty())
                continue;
            // The field exists in the flat form of a document.
            bool found = false;
            for (const Form form : samples::allForms) {
                Document d = samples::full(form);
                d.content.dischargeMedications.resize(1), d.content.procedures.resize(1),
                    d.content.readings.resize(1);
                for (const FieldValue &value : fieldValues(d))
                    found = found || value.key == rule.field;
            }
            QVERIFY2(found, qPrintable(rule.id));
        }
    }
    void completeDocumentsAreSilent()
    {
        for (const Form form : samples::allForms)
            QVERIFY2(fired(samples::full(form)).isEmpty(),
                qPrintable(
                    formKey(form) + QLatin1Char(' ') + fired(samples::full(form)).join(QLatin1Char(' '))));
    }
    void fires_data()
    {
        QTest::addColumn<int>("index");
        const auto all = cases();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(all[i].rule) << int(i);
    }
    void fires()
    {
        QFETCH(int, index);
        const Case c = cases()[std::size_t(index)];
        Document d = samples::full(c.form);
        c.breakIt(d);
        QVERIFY2(fired(d).contains(QLatin1String(c.rule)), qPrintable(fired(d).join(QLatin1Char(' '))));
    }
    void everyRuleIsProven()
    {
        QStringList proven{QStringLiteral("recipient.participates"), QStringLiteral("relay.status"),
            QStringLiteral("relay.clinical"), QStringLiteral("relay.transferType"),
            QStringLiteral("relay.transferClinical")};
        for (const Case &c : cases())
            proven.append(QLatin1String(c.rule));
        for (const cda::Rule &rule : cda::rules())
            QVERIFY2(cda::needsBytes(rule.check) || proven.contains(rule.id), qPrintable(rule.id));
    }
    void relayAndParticipation()
    {
        Document d = samples::full(Form::Referral);
        d.content.relay = {};
        QVERIFY(fired(d).isEmpty());
        cda::RuleOptions opts = options();
        opts.relay = true;
        QCOMPARE(
            fired(d, opts), QStringList({QStringLiteral("relay.status"), QStringLiteral("relay.clinical")}));
        Document back = samples::full(Form::Return);
        back.content.relay = {};
        QCOMPARE(fired(back, opts),
            QStringList({QStringLiteral("relay.transferType"), QStringLiteral("relay.transferClinical")}));
        opts.relay = false;
        opts.participationKnown = true;
        QCOMPARE(fired(d, opts), QStringList(QStringLiteral("recipient.participates")));
        d.recipients[0].institution.exchanges = true;
        QVERIFY(fired(d, opts).isEmpty());
    }
    void liveTextCountsAsPresent()
    {
        Document d = samples::full(Form::Referral);
        d.content.reason = {};
        cda::RuleOptions opts = options();
        opts.liveTexts.insert(QStringLiteral("reason"), QStringLiteral("ㅇ"));
        QVERIFY(fired(d, opts).isEmpty());
    }
    void partialConsentWhereAllowed()
    {
        Document d = samples::full(Form::Consent);
        d.consent->policy = base::oid("krConsentPart").text();
        cda::RuleOptions opts = options();
        opts.partialConsentAllowed = true;
        QVERIFY(fired(d, opts).isEmpty());
    }
    void severityBlocks()
    {
        Document d = samples::full(Form::Referral);
        d.patient.sex = Sex::Unknown;
        QVERIFY(!cda::blocksSending(cda::checkDocument(d, options())));
        d.content.reason = {};
        QVERIFY(cda::blocksSending(cda::checkDocument(d, options())));
    }
    void residentNumbers()
    {
        QVERIFY(cda::looksLikeResidentNumber(QStringLiteral("주민 610302-1234567.")));
        QVERIFY(cda::looksLikeResidentNumber(QStringLiteral("6103021234567")));
        QVERIFY(!cda::looksLikeResidentNumber(QStringLiteral("611302-1234567"))); // no month 13
        QVERIFY(!cda::looksLikeResidentNumber(QStringLiteral("1.2.410.6103021234567")));
        QVERIFY(!cda::looksLikeResidentNumber(QStringLiteral("161030212345678")));
        QVERIFY(!cda::looksLikeResidentNumber(QStringLiteral("010-5555-0101")));
    }
    void bytes()
    {
        for (const Form form : samples::allForms) {
            const cda::Report report = cda::checkBytes(*cda::writeDocument(samples::full(form)), options());
            QCOMPARE(report.form, form);
            QVERIFY2(report.problems.empty(),
                report.problems.empty() ? "" : qPrintable(report.problems.front().rule));
        }
        Document d = samples::full(Form::Referral);
        d.content.reason = {};
        const cda::Report report = cda::checkBytes(*cda::writeDocument(d), options());
        QVERIFY(!report.valid());
        QCOMPARE(report.problems.front().rule, QStringLiteral("reason.referral"));
    }
    void structureOfForeignDocuments()
    {
        const cda::Report bare = cda::checkBytes("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", options());
        QStringList ids;
        for (const RuleProblem &problem : bare.problems)
            ids.append(problem.rule);
        for (const cda::Rule &rule : cda::rules()) {
            if (rule.check == QLatin1String("element") || rule.check == QLatin1String("elementAny"))
                QVERIFY2(ids.contains(rule.id), qPrintable(rule.id));
        }
        QByteArray wrong = *cda::writeDocument(samples::full(Form::Referral));
        wrong.replace("POCD_HD000040", "POCD_HD000020")
            .replace("<realmCode code=\"KR\"/>", "<realmCode code=\"US\"/>");
        ids.clear();
        for (const RuleProblem &problem : cda::checkBytes(wrong, options()).problems)
            ids.append(problem.rule);
        QCOMPARE(ids, QStringList({QStringLiteral("cda.typeIdValue"), QStringLiteral("cda.realm")}));
        const QByteArray noText =
            "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component><structuredBody><component>"
            "<section/></component></structuredBody></component></ClinicalDocument>";
        bool seen = false;
        for (const RuleProblem &problem : cda::checkBytes(noText, options()).problems)
            seen = seen || problem.rule == QLatin1String("cda.sectionText");
        QVERIFY(seen);
    }
    void differences()
    {
        const Document before = samples::full(Form::Summary);
        Document after = before;
        after.content.medications[0].doseValue = QStringLiteral("1000");
        Medication statin;
        statin.code = samples::cv("642100010", "kd", "아토르바스타틴정");
        after.content.medications.push_back(statin);
        after.content.labs[0].value = QStringLiteral("6.9");
        after.content.history.text += QStringLiteral(", 3개월 후 재검");
        const auto a = cda::readDocument(*cda::writeDocument(before)),
                   b = cda::readDocument(*cda::writeDocument(after));
        QVERIFY(cda::diffDocuments(*a, *a).empty());
        const auto rows = cda::diffDocuments(*a, *b);
        const auto count = [&rows](cda::DiffRow::Meaning meaning) {
            return std::count_if(
                rows.begin(), rows.end(), [meaning](const auto &row) { return row.meaning == meaning; });
        };
        QCOMPARE(count(cda::DiffRow::Meaning::DoseChanged), 1);
        QCOMPARE(count(cda::DiffRow::Meaning::MedicationStarted), 1);
        QCOMPARE(count(cda::DiffRow::Meaning::ResultChanged), 1);
        QCOMPARE(count(cda::DiffRow::Meaning::Narrative), 3);
        const auto back = cda::diffDocuments(*b, *a);
        QVERIFY(std::any_of(back.begin(), back.end(), [](const auto &row) {
            return row.meaning == cda::DiffRow::Meaning::MedicationStopped
                && row.kind == cda::DiffRow::Kind::Removed
                && row.place.contains(QStringLiteral("아토르바스타틴"));
        }));
    }
    void wordDifferences()
    {
        using W = cda::WordChange;
        const auto changes =
            cda::diffWords(QStringLiteral("경과 관찰 끝"), QStringLiteral("경과 계속 관찰 끝"));
        const std::vector<W> wanted{{W::Kind::Same, QStringLiteral("경과 ")},
            {W::Kind::Added, QStringLiteral("계속 ")}, {W::Kind::Same, QStringLiteral("관찰 끝")}};
        QCOMPARE(changes, wanted);
    }
};

QTEST_GUILESS_MAIN(tst_cda_rules)
#include "tst_cda_rules.moc"
