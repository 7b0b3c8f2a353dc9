// Who this clinic is: the institution and its doctor, as they stand in every document. Saved together.
#pragma once

#include <QHash>
#include <QWidget>

namespace naru::ui {

class AppContext;
class HangulLineEdit;
class MessageStrip;

class ClinicForm : public QWidget {
    Q_OBJECT
public:
    // What came of saving is said in `strip`.
    ClinicForm(AppContext &context, MessageStrip *strip, QWidget *parent = nullptr);
    void save();

private:
    AppContext &m_context;
    MessageStrip *m_strip;
    QHash<QString, HangulLineEdit *> m_edits{};
};

} // namespace naru::ui
