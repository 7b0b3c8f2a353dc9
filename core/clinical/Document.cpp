#include "core/clinical/Document.h"

namespace naru::clinical {

namespace {
struct FormRow {
    Form form;
    const char *key, *ko, *en;
};
constexpr FormRow formRows[] = {
    {Form::Referral, "referral", "진료의뢰서", "Referral"},
    {Form::Return, "return", "진료회송서", "Return letter"},
    {Form::Reply, "reply", "진료회신서", "Reply"},
    {Form::Summary, "summary", "진료기록요약지", "Care record summary"},
    {Form::ImagingReport, "imaging", "영상의학판독소견서", "Imaging report"},
    {Form::Emergency, "emergency", "전원소견서", "Emergency transfer"},
    {Form::Consent, "consent", "개인정보제공동의서", "Consent"},
    {Form::Withdrawal, "withdrawal", "동의 철회서", "Withdrawal of consent"},
    {Form::Unknown, "unknown", "문서", "Document"},
};
const FormRow &rowOf(Form form)
{
    for (const FormRow &row : formRows) {
        if (row.form == form)
            return row;
    }
    return formRows[std::size(formRows) - 1];
}
} // namespace

QString formKey(Form form)
{
    return QString::fromLatin1(rowOf(form).key);
}

Form formFromKey(const QString &key)
{
    for (const FormRow &row : formRows) {
        if (key == QLatin1String(row.key))
            return row.form;
    }
    return Form::Unknown;
}

QString formTitleKo(Form form)
{
    return QString::fromUtf8(rowOf(form).ko);
}

QString formTitleEn(Form form)
{
    return QString::fromUtf8(rowOf(form).en);
}

QString programmeKey(Programme programme)
{
    switch (programme) {
    case Programme::Exchange:
        return QStringLiteral("exchange");
    case Programme::ReferralReturn:
        return QStringLiteral("referral");
    case Programme::Imaging:
        return QStringLiteral("imaging");
    }
    return {};
}

} // namespace naru::clinical
