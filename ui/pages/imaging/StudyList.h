// Studies that came in for nobody whose chart is known, to be given to the patient of the page: whose they
// say they are, what they are, where they came from. Enter takes one, Esc closes the list.
#pragma once

#include "core/services/ImageTypes.h"
#include "ui/text/Language.h"

#include <QWidget>

namespace naru::ui {

class DataTable;
class Theme;

class StudyList : public QWidget {
    Q_OBJECT
public:
    StudyList(Theme &theme, text::Language language, QWidget *parent = nullptr);
    void setStudies(const std::vector<services::StudyRow> &studies);
    DataTable &table() const { return *m_table; }

Q_SIGNALS:
    void chosen(const naru::services::StudyRow &row);

private:
    std::vector<services::StudyRow> m_studies{};
    text::Language m_language;
    DataTable *m_table = nullptr;
};

} // namespace naru::ui
