// The field tables: sound rows, order, members, value sets.
#include "core/base/Tsv.h"
#include "core/clinical/forms/FieldValues.h"
#include "core/clinical/forms/FormSpec.h"

#include <QSet>
#include <QtTest>

using namespace naru;
using namespace naru::clinical;

namespace {
const Form forms[] = {Form::Referral, Form::Return, Form::Reply, Form::Summary, Form::ImagingReport,
    Form::Emergency, Form::Consent, Form::Withdrawal};

Document filled()
{
    Document d;
    Content &c = d.content;
    c.problems.resize(1), c.medications.resize(1), c.dischargeMedications.resize(1), c.labs.resize(1);
    c.procedures.resize(1), c.allergies.resize(1), c.immunizations.resize(1), c.vitals.resize(1);
    c.infections.resize(1), c.readings.resize(1);
    d.recipients.resize(1);
    d.consent = ConsentStatement{};
    return d;
}
} // namespace

class tst_forms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFormHasSoundRows()
    {
        QSet<QString> known;
        for (const FieldValue &value : fieldValues(filled()))
            known.insert(value.key);
        for (const Form form : forms) {
            QVERIFY2(!formSections(form).empty(), qPrintable(formKey(form)));
            QSet<QString> keys;
            int order = -1;
            for (const FieldSpec &spec : formFields(form)) {
                QVERIFY2(known.contains(spec.key), qPrintable(spec.key));
                QVERIFY2(!keys.contains(spec.key), qPrintable(spec.key));
                keys.insert(spec.key);
                QVERIFY2(!spec.labelKo.isEmpty() && !spec.labelEn.isEmpty(), qPrintable(spec.key));
                QCOMPARE(spec.form, form);
                if (!spec.isMember()) {
                    QVERIFY(spec.order > order);
                    order = spec.order;
                }
                const bool choice = spec.kind == FieldKind::Code && !spec.valueSet.isEmpty();
                static const QStringList builtIn{QStringLiteral("policy")};
                if (choice && !builtIn.contains(spec.valueSet))
                    QVERIFY2(!valueSetChoices(spec.valueSet).empty(), qPrintable(spec.valueSet));
            }
        }
    }
    void requirements()
    {
        QCOMPARE(fieldSpec(Form::Referral, QStringLiteral("reason"))->requirement, Requirement::Required);
        QCOMPARE(fieldSpec(Form::Referral, QStringLiteral("reason"))->labelKo, QStringLiteral("의뢰 사유"));
        QCOMPARE(fieldSpec(Form::Return, QStringLiteral("reason"))->labelKo, QStringLiteral("회송 사유"));
        QCOMPARE(fieldSpec(Form::Referral, QStringLiteral("relay.status"))->requirement, Requirement::Relay);
        QCOMPARE(fieldSpec(Form::Summary, QStringLiteral("recipients")), nullptr);
        QCOMPARE(formSections(Form::Referral).front().key, QStringLiteral("recipients"));
        QVERIFY(formFields(Form::Unknown).empty());
    }
    void membersFollowTheirList()
    {
        const auto &fields = formFields(Form::Referral);
        QString parent;
        for (const FieldSpec &spec : fields) {
            if (!spec.isMember())
                parent = spec.key;
            else
                QCOMPARE(spec.key.section(QLatin1Char('.'), 0, 0), parent);
        }
    }
    void choices()
    {
        QCOMPARE(choiceKo(QStringLiteral("relayStatus"), QStringLiteral("02")),
            QStringLiteral("현 기관에서 치료 불가능"));
        QCOMPARE(choiceCode(QStringLiteral("guardianRelation"), QStringLiteral("모")), QStringLiteral("MTH"));
        QCOMPARE(choiceKo(QStringLiteral("relayStatus"), QStringLiteral("기타 사유")),
            QStringLiteral("기타 사유"));
        QVERIFY(valueSetChoices(QStringLiteral("none")).empty());
    }
    void pathsHaveIndexes()
    {
        Document d;
        d.content.problems.resize(2);
        d.content.problems[1].code.display = QStringLiteral("당뇨");
        bool seen = false;
        for (const FieldValue &value : fieldValues(d)) {
            if (value.path == QLatin1String("problems[1].code")) {
                seen = true;
                QCOMPARE(value.key, QStringLiteral("problems.code"));
                QCOMPARE(value.text, QStringLiteral("당뇨"));
                QVERIFY(value.isCoded);
            }
            if (value.key == QLatin1String("problems"))
                QCOMPARE(value.text, QStringLiteral("2"));
        }
        QVERIFY(seen);
    }
};

QTEST_GUILESS_MAIN(tst_forms)
#include "tst_forms.moc"
