// The clinic's own everyday words and abbreviations, each leading to a code.
#pragma once

#include "core/services/TermTypes.h"

#include <QWidget>

class QComboBox;

namespace naru::ui {

class AppContext;
class DataTable;
class HangulLineEdit;
class MessageStrip;

class AliasEditor : public QWidget {
    Q_OBJECT
public:
    explicit AliasEditor(AppContext &context, QWidget *parent = nullptr);
    void load();

private:
    void add();
    void remove();

    AppContext &m_context;
    MessageStrip *m_strip = nullptr;
    DataTable *m_table = nullptr;
    HangulLineEdit *m_text = nullptr, *m_code = nullptr;
    QComboBox *m_system = nullptr;
    std::vector<terminology::Alias> m_rows{};
};

} // namespace naru::ui
