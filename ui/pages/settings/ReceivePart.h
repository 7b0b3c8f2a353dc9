// Whether image archives may send to this computer (storage provider): on or off, under which AE title and
// port. What is switched on here starts with the program from then on.
#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;
class QSpinBox;

namespace naru::ui {

class AppContext;
class HangulLineEdit;
class JobLine;
class MessageStrip;
class ReceiveWays;
class UiJob;

class ReceivePart : public QWidget {
    Q_OBJECT
public:
    explicit ReceivePart(AppContext &context, QWidget *parent = nullptr);
    void load(); // what is going on
    void restart(); // where it is on: takes over who may send

Q_SIGNALS:
    void switched(bool on); // what came of it
    void tested(bool good);

private:
    void turn();
    bool keep(bool on, bool strict = true); // strict: what could not be used is refused
    void start();
    void test(); // what stands in the fields, without keeping it
    void stop();
    void changed();

    AppContext &m_context;
    MessageStrip *m_strip = nullptr;
    QLabel *m_state = nullptr;
    HangulLineEdit *m_ae = nullptr;
    QSpinBox *m_port = nullptr;
    QPushButton *m_turn = nullptr, *m_test = nullptr;
    ReceiveWays *m_ways = nullptr;
    JobLine *m_line = nullptr;
    QPointer<UiJob> m_job{};
    int m_listening = 0; // port it was given
};

} // namespace naru::ui
