// One row of a list: ticked (goes into the document) or offered, its words, its source; opens in place for
// editing.
#pragma once

#include "ui/forms/FormContext.h"

#include <QWidget>
#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;
class QPushButton;

namespace naru::ui {

class SourceChip;
class ValueEditor;

class EntryRow : public QWidget {
    Q_OBJECT
public:
    // `terms`: who judges its code; may be null.
    EntryRow(FormContext &context, const QString &list, std::shared_ptr<CodeSource> terms,
        QWidget *parent = nullptr);

    void place(bool included, int index);
    bool included() const { return m_included; }
    int index() const { return m_index; }
    void refresh();
    void setReadOnly(bool on);
    void openEditor(bool on);
    bool isOpen() const { return m_panel != nullptr; }
    QCheckBox *box() const { return m_box; }

Q_SIGNALS:
    void toggled(bool on);
    void removeRequested();
    void moveFocus(int by);
    void moveRequested(int by); // Alt+Up, Alt+Down: the order of the rows
    void closed(); // the editing panel was closed by Enter or Esc

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void makePanel();
    // What to mind about the code of this row: symbol and words each.
    QStringList warnings(clinical::Content &content) const;

    FormContext &m_context;
    QString m_list;
    std::shared_ptr<CodeSource> m_terms;
    bool m_included = true;
    int m_index = 0;
    bool m_readOnly = false;
    bool m_unreviewed = false;
    QCheckBox *m_box = nullptr;
    QLabel *m_words = nullptr;
    QLabel *m_code = nullptr;
    QLabel *m_warning = nullptr;
    SourceChip *m_chip = nullptr;
    QPushButton *m_edit = nullptr;
    QWidget *m_panel = nullptr;
    std::vector<ValueEditor *> m_editors{};
};

} // namespace naru::ui
