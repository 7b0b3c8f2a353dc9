// Single images of one study, to be attached instead of all of it: a list by series and number, each with its
// picture beside it, ticked by Space.
#pragma once

#include "core/services/ImageTypes.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace naru::ui {

class AppContext;
class DataTable;

class ImageChoice : public QWidget {
    Q_OBJECT
public:
    ImageChoice(AppContext &context, QWidget *parent = nullptr);

    // Reads the study on a job; `chosen` (instance keys) are ticked at the beginning.
    void load(const services::StudyRow &study, const QStringList &chosen);
    QString study() const { return m_study.key; }
    QStringList ticked() const; // instance keys
    DataTable *list() const { return m_list; }

Q_SIGNALS:
    void accepted(const QString &studyKey, const QStringList &instances);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row {
        services::SeriesRow series{};
        services::InstanceRow instance{};
    };
    void fill(const std::vector<Row> &rows, const QStringList &chosen);
    void showPicture(const QString &instanceKey);
    void count();
    void accept();

    AppContext &m_context;
    services::StudyRow m_study{};
    QString m_wanted{}; // picture that is to be shown
    DataTable *m_list = nullptr;
    QLabel *m_picture = nullptr;
    QPushButton *m_take = nullptr;
};

} // namespace naru::ui
