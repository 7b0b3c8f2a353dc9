// What an archive is asked: which one, whose studies, from when to when. Prefilled from the chart: by its
// number, or by name and date of birth where archives number people otherwise.
#pragma once

#include "core/clinical/Parties.h"
#include "core/services/PacsTypes.h"

#include <QWidget>

class QComboBox;
class QPushButton;

namespace naru::ui {

class AppContext;
class HangulLineEdit;

class QueryBar : public QWidget {
    Q_OBJECT
public:
    QueryBar(AppContext &context, const clinical::Patient &chart, QWidget *parent = nullptr);

    void setNodes(const std::vector<services::PacsNode> &nodes); // the chosen one stays chosen
    QString node() const;
    // What cannot be read: the sentence, and the field has the focus.
    bool read(services::PacsQuery &query, QString &fault);
    // Asks for more: by name and date of birth after the number, then by the date of birth alone. False:
    // there is nothing wider to ask.
    bool widen();
    QString widerWords() const; // "By name and date of birth"; empty: nothing wider
    void setAsking(bool on);
    void focusFirst();
    QWidget *firstField() const;

Q_SIGNALS:
    void asked();

private:
    enum class Wider { None, NameAndBirth, BirthAlone };
    Wider wider() const;
    HangulLineEdit *field(const QString &name, const QString &label, double units);
    bool readDay(HangulLineEdit *field, bool last, QString &out, QString &fault);

    AppContext &m_context;
    QString m_number{}, m_person{}, m_born{}; // of the chart
    QComboBox *m_node = nullptr, *m_modality = nullptr;
    HangulLineEdit *m_id = nullptr, *m_name = nullptr, *m_birth = nullptr, *m_from = nullptr, *m_to = nullptr;
    QPushButton *m_ask = nullptr;
};

} // namespace naru::ui
