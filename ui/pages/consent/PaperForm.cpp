#include "ui/pages/consent/PaperForm.h"

#include "core/base/Errors.h"
#include "core/services/AuditService.h"
#include "ui/shell/AppContext.h"

#include <QCoreApplication>
#include <QPrintDialog>
#include <QPrinter>
#include <QTextCursor>
#include <QTextTable>

namespace naru::ui {

namespace {

struct Words {
    QString title{}, withdrawalTitle{}, patient{}, recipient{}, purpose{}, items{}, period{}, refusal{},
        provision{}, sensitive{}, boxes{}, signer{}, relation{}, date{}, signature{};
};

const Words &words(bool korean)
{
    static const Words ko{QStringLiteral("개인정보 제공 동의서"), QStringLiteral("동의 철회서"),
        QStringLiteral("환자"), QStringLiteral("제공받는 자"), QStringLiteral("이용 목적"),
        QStringLiteral("제공 항목"), QStringLiteral("보유·이용 기간"), QStringLiteral("거부할 권리와 불이익"),
        QStringLiteral("개인정보 제공"), QStringLiteral("민감정보(건강) 제공"),
        QStringLiteral("☐ 동의함      ☐ 동의하지 않음"), QStringLiteral("서명자"),
        QStringLiteral("환자와의 관계"), QStringLiteral("날짜"), QStringLiteral("서명")};
    static const Words en{QStringLiteral("Consent to providing personal information"),
        QStringLiteral("Withdrawal of consent"), QStringLiteral("Patient"), QStringLiteral("Recipient"),
        QStringLiteral("Purpose"), QStringLiteral("Items"), QStringLiteral("Period"),
        QStringLiteral("Right to refuse"), QStringLiteral("Providing personal information"),
        QStringLiteral("Providing health information (sensitive)"),
        QStringLiteral("☐ I agree      ☐ I do not agree"), QStringLiteral("Signed by"),
        QStringLiteral("Relation"), QStringLiteral("Date"), QStringLiteral("Signature")};
    return korean ? ko : en;
}

// A form has no number of its own: which consents it is about and in which version of their words.
QString nameOf(const PaperForm &form)
{
    QStringList parts{form.withdrawal ? QStringLiteral("withdrawal") : QStringLiteral("consent")};
    for (const services::ConsentText &text : form.texts)
        parts << clinical::programmeKey(text.programme);
    if (!form.texts.empty())
        parts << form.texts.front().version;
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

} // namespace

std::unique_ptr<QTextDocument> paperForm(const PaperForm &form)
{
    const Words &w = words(form.korean);
    auto document = std::make_unique<QTextDocument>();
    QFont font;
    font.setPointSizeF(11);
    document->setDefaultFont(font);
    QTextCursor cursor(document.get());
    QTextCharFormat title, strong, plain;
    title.setFontPointSize(16);
    title.setFontWeight(QFont::Bold);
    strong.setFontWeight(QFont::Bold);
    QTextBlockFormat block;
    block.setBottomMargin(6);
    const auto line = [&](const QString &text, const QTextCharFormat &format) {
        cursor.insertBlock(block);
        cursor.insertText(text, format);
    };
    cursor.insertText(form.withdrawal ? w.withdrawalTitle : w.title, title);
    const clinical::Patient &p = form.patient;
    line(QStringLiteral("%1: %2   %3   %4")
             .arg(w.patient, p.name, p.birthDate.toDisplay(), p.localId.extension),
        plain);
    if (form.withdrawal)
        line(form.effect, plain);
    for (const services::ConsentText &text : form.texts) {
        line(text.title, strong);
        if (form.withdrawal)
            continue;
        const std::pair<QString, QString> rows[] = {{w.recipient, text.recipient}, {w.purpose, text.purpose},
            {w.items, text.items}, {w.period, text.period}, {w.refusal, text.refusal}, {w.provision, w.boxes},
            {w.sensitive, w.boxes}};
        QTextTableFormat format;
        format.setBorderCollapse(true);
        format.setCellPadding(4);
        format.setBorder(0.5);
        format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
        format.setColumnWidthConstraints(
            {QTextLength(QTextLength::PercentageLength, 26), QTextLength(QTextLength::PercentageLength, 74)});
        QTextTable *table = cursor.insertTable(7, 2, format);
        for (int i = 0; i < 7; ++i) {
            table->cellAt(i, 0).firstCursorPosition().insertText(rows[i].first, strong);
            table->cellAt(i, 1).firstCursorPosition().insertText(rows[i].second, plain);
        }
        cursor.movePosition(QTextCursor::End);
    }
    line(QString(), plain);
    line(QStringLiteral("%1: ____________________   %2: ______________").arg(w.signer, w.relation), plain);
    line(QStringLiteral("%1: ______________   %2: ______________________________").arg(w.date, w.signature),
        plain);
    if (!form.texts.empty() && !form.texts.front().version.isEmpty())
        line(form.texts.front().version, plain);
    return document;
}

// Recorded before it leaves: a print that cannot be recorded is not made.
bool printPaperTo(AppContext &context, QPrinter &printer, const PaperForm &form)
{
    const auto act = QStringLiteral("consent.print");
    const QString what = QCoreApplication::translate("naru::ui::PaperForm", "The paper form was not printed");
    services::AuditService &audit = context.profile().audit();
    if (const base::Status recorded = audit.exported(act, form.act.patient, nameOf(form)); !recorded) {
        context.showError(recorded.error(), what);
        return false;
    }
    paperForm(form)->print(&printer); // tells nothing itself
    if (printer.printerState() != QPrinter::Error)
        return true;
    const base::Error error(base::errors::Io, {}, {{QStringLiteral("what"), printer.printerName()}});
    (void)audit.exported(act, form.act.patient, nameOf(form), &error);
    context.showError(error, what);
    return false;
}

void printPaperForm(AppContext &context, QWidget *parent, const PaperForm &form)
{
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setPageSize(QPageSize(QPageSize::A4));
    printer->setPageMargins(QMarginsF(20, 18, 20, 18), QPageLayout::Millimeter);
    printer->setDuplex(QPrinter::DuplexNone); // legal forms are one-sided
    auto *dialog = new QPrintDialog(printer.get(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, parent,
        [&context, printer, form] { printPaperTo(context, *printer, form); });
    QObject::connect(dialog, &QDialog::finished, parent, [printer] {});
    dialog->open();
}

} // namespace naru::ui
