// What is known about a document and what is not: signature (three states), rules, hash, confidentiality,
// when it came.
#pragma once

#include "core/services/Types.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace naru::ui {

class AppContext;

class HonestyBar : public QWidget {
    Q_OBJECT
public:
    HonestyBar(AppContext &context, QWidget *parent = nullptr);
    void show(const clinical::ReadDocument &read, const services::Stored &stored,
        const std::vector<clinical::RuleProblem> &problems);
    QString text() const;

Q_SIGNALS:
    void warningsRequested();

private:
    void set(QLabel *label, const QString &text, const char *token);

    AppContext &m_context;
    QLabel *m_signature = nullptr, *m_hash = nullptr, *m_confidentiality = nullptr, *m_version = nullptr,
           *m_body = nullptr;
    QPushButton *m_rules = nullptr;
};

} // namespace naru::ui
