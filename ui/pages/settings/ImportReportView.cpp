#include "ui/pages/settings/ImportReportView.h"

#include "core/base/Errors.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace naru::ui {

namespace {
constexpr int listUnits = 45; // nine rows: a report stands among other things on its page

RowCell number(qint64 value)
{
    return {value > 0 ? QString::number(value) : QString(), {}, value, true, false, {}};
}

QString count(qint64 value)
{
    return QLocale(QLocale::English).toString(value);
}

// One cell of a table that a spreadsheet will open: no line breaks, and nothing it takes for a formula.
QByteArray plainCell(const QString &text)
{
    QString out = text.simplified();
    if (!out.isEmpty() && QStringLiteral("=+-@").contains(out.at(0)))
        out.prepend(QLatin1Char('\''));
    return out.toUtf8();
}
} // namespace

ImportReportView::ImportReportView(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("settings.terms.report"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 2);
    m_title = sectionTitle(theme, {}, this);
    m_title->setWordWrap(true);
    m_counts = themedLabel(theme, {}, Theme::Face::Body, "text", this);
    m_counts->setWordWrap(true);
    m_change = themedLabel(theme, {}, Theme::Face::Body, "text", this);
    m_change->setWordWrap(true);
    column->addWidget(m_title);
    column->addWidget(m_counts);
    column->addWidget(m_change);
    auto *bar = new QWidget(this);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    m_which = new QComboBox(bar);
    m_which->setObjectName(QStringLiteral("settings.terms.report.which"));
    m_which->setAccessibleName(tr("List of the report"));
    m_which->view()->setAccessibleName(tr("List of the report"));
    m_which->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row->addWidget(m_which);
    auto *copy = pushButton(tr("Copy the list"), QStringLiteral("settings.terms.report.copy"), bar);
    auto *save = pushButton(tr("Save as a table"), QStringLiteral("settings.terms.report.save"), bar);
    row->addWidget(copy);
    row->addWidget(save);
    column->addWidget(bar);
    m_strip = new MessageStrip(theme, this);
    column->addWidget(m_strip);

    m_stack = new QStackedWidget(this);
    m_problems = new DataTable(theme,
        new RowModel(theme, {tr("File"), tr("Sheet"), tr("Row"), tr("Column"), tr("What is wrong")}),
        {2, 1, 0, 1, 5}, tr("Rows with a problem"), this);
    m_problems->setObjectName(QStringLiteral("settings.terms.problems"));
    m_problems->setEmptyState(tr("Every row could be used"));
    m_affected = new DataTable(theme,
        new RowModel(theme, {tr("Doctor"), tr("Code before"), tr("Name"), tr("Use instead"), tr("Kind")}),
        {0, 0, 3, 3, 0}, tr("Favourites whose code is gone"), this);
    m_affected->setObjectName(QStringLiteral("settings.terms.affected"));
    m_affected->setEmptyState(tr("No favourite is touched"));
    m_gone = new DataTable(theme, new RowModel(theme, {tr("Code"), tr("Name"), tr("Use instead")}), {0, 3, 0},
        tr("Codes that are gone"), this);
    m_gone->setObjectName(QStringLiteral("settings.terms.gone"));
    m_gone->setEmptyState(tr("No code is gone"));
    for (DataTable *table : {m_affected, m_problems, m_gone})
        m_stack->addWidget(table);
    column->addWidget(m_stack);
    const auto height = [this, &theme] { m_stack->setFixedHeight(int(theme.unit(listUnits))); };
    height();
    connect(&theme, &Theme::changed, this, height);
    connect(m_which, &QComboBox::currentIndexChanged, this,
        [this](int index) { m_stack->setCurrentIndex(m_which->itemData(index).toInt()); });
    connect(copy, &QPushButton::clicked, this, &ImportReportView::copy);
    connect(save, &QPushButton::clicked, this, &ImportReportView::save);
    hide();
}

void ImportReportView::setImport(const services::TermImport &import)
{
    const terminology::ImportReport &report = import.report;
    const terminology::ReleaseChange &change = import.change;
    m_strip->clear();
    m_title->setText(tr("Last import: %1 %2").arg(import.meta.title, import.meta.version).trimmed());
    m_counts->setText(
        tr("%1 rows read, %2 codes kept, %3 synonyms, %4 led to another code, %5 passed over, "
           "%6 refused (%7)")
            .arg(count(report.read), count(import.terms), count(report.synonyms), count(report.redirected),
                count(report.ignored), count(report.refused), report.encoding));
    m_change->setText(
        tr("Against the release before: %1 added, %2 removed, %3 renamed, %4 retired")
            .arg(count(change.added), count(change.removed), count(change.renamed), count(change.retired)));
    fillAffected(import.affected);
    fillProblems(report);
    fillGone(change.gone);
    offer({{tr("Favourites touched (%1)").arg(count(qint64(import.affected.size()))), m_affected},
              {tr("Rows with a problem (%1)").arg(count(qint64(report.problems.size()))), m_problems},
              {tr("Codes that are gone (%1)").arg(count(change.removed + change.retired)), m_gone}},
        !import.affected.empty()       ? 0
            : !report.problems.empty() ? 1
                                       : 2);
}

void ImportReportView::setPartial(const QStringList &files, const terminology::ImportReport &report)
{
    m_strip->clear();
    if (report.read == 0 && report.problems.empty()) {
        hide(); // the sentence of the error says it all
        return;
    }
    QStringList names;
    for (const QString &file : files)
        names.append(QFileInfo(file).fileName());
    m_title->setText(tr("Not taken over: %1").arg(names.join(QStringLiteral(", "))));
    m_counts->setText(
        tr("%1 rows read, %2 of them usable, %3 passed over, %4 refused")
            .arg(count(report.read), count(report.kept), count(report.ignored), count(report.refused)));
    m_change->clear();
    fillProblems(report);
    offer({{tr("Rows with a problem (%1)").arg(count(qint64(report.problems.size()))), m_problems}}, 0);
}

void ImportReportView::offer(const QList<QPair<QString, DataTable *>> &lists, int first)
{
    m_which->clear();
    for (const auto &[words, table] : lists)
        m_which->addItem(words, m_stack->indexOf(table));
    m_which->setCurrentIndex(first);
    m_change->setVisible(!m_change->text().isEmpty());
    show();
}

void ImportReportView::copy()
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(tsv().mid(3))); // without the mark of a file
    m_context.showToast(tr("The list was copied"));
}

void ImportReportView::fillProblems(const terminology::ImportReport &report)
{
    std::vector<ModelRow> rows;
    int id = 0;
    for (const terminology::RowProblem &problem : report.problems) {
        ModelRow row{QString::number(++id), {}, {}, false, false};
        row.cells = {tippedCell(problem.file), tippedCell(problem.sheet), number(problem.row),
            tippedCell(problem.column), tippedCell(text::sentence(problem.error, m_context.language()))};
        rows.push_back(std::move(row));
    }
    m_problems->setRows(std::move(rows));
}

void ImportReportView::fillAffected(const std::vector<services::TermAffected> &affected)
{
    std::vector<ModelRow> rows;
    int id = 0;
    for (const services::TermAffected &one : affected) {
        ModelRow row{QString::number(++id), {}, {}, false, false};
        const QString instead = one.instead.code.isEmpty()
            ? tr("none named")
            : QStringLiteral("%1  %2").arg(one.instead.code, one.instead.ko);
        row.cells = {tippedCell(one.user), tippedCell(one.before.code), tippedCell(one.before.ko),
            tippedCell(one.renamedCode ? tr("%1 (moved there)").arg(instead) : instead),
            one.favourite ? tippedCell(tr("★ favourite"), QStringLiteral("warn"))
                          : tippedCell(tr("used before"), QStringLiteral("textSecondary"))};
        rows.push_back(std::move(row));
    }
    m_affected->setRows(std::move(rows));
}

void ImportReportView::fillGone(const std::vector<terminology::Concept> &gone)
{
    std::vector<ModelRow> rows;
    for (const terminology::Concept &term : gone) {
        ModelRow row{term.system + term.code, {}, {}, false, false};
        row.cells = {tippedCell(term.code), tippedCell(term.ko.isEmpty() ? term.en : term.ko),
            tippedCell(term.replacedBy)};
        rows.push_back(std::move(row));
    }
    m_gone->setRows(std::move(rows));
}

QByteArray ImportReportView::tsv() const
{
    const auto *table = static_cast<const DataTable *>(m_stack->currentWidget());
    const RowModel &model = table->rows();
    QByteArray out = "\xEF\xBB\xBF"; // spreadsheets read UTF-8 only with the mark
    for (int i = 0; i < model.columnCount(); ++i)
        out +=
            (i > 0 ? "\t" : "") + plainCell(model.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString());
    out += '\n';
    for (const ModelRow &row : model.rowValues()) {
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            out += (i > 0 ? "\t" : "") + plainCell(row.cells[i].text);
        out += '\n';
    }
    return out;
}

bool ImportReportView::saveTo(const QString &path)
{
    QSaveFile file(path);
    const QByteArray bytes = tsv();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        m_strip->showError(
            base::Error(base::errors::Io, file.errorString(), {{QStringLiteral("what"), path}}),
            m_context.language(), tr("The table could not be saved"));
        return false;
    }
    m_strip->show(MessageStrip::Kind::Ok, tr("Saved: %1").arg(path), {});
    return true;
}

void ImportReportView::save()
{
    auto *dialog = new QFileDialog(this, tr("Save as a table"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("tsv"));
    dialog->setNameFilter(tr("Tables (*.tsv)"));
    connect(dialog, &QFileDialog::fileSelected, this, &ImportReportView::saveTo);
    dialog->open();
}

} // namespace naru::ui
