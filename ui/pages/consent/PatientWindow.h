// The patient's window: large type, no menu, nobody else's data. Each text is read to its end before its two
// choices unlock, yes and no weigh the same, and one signature stands for all accepted texts.
#pragma once

#include "core/services/Types.h"

#include <QWidget>
#include <vector>

class QButtonGroup;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTextEdit;

namespace naru::ui {

class SignaturePad;
class Theme;

class PatientWindow : public QWidget {
    Q_OBJECT
public:
    struct Session {
        QString greeting{}; // "홍길동 님", "이수진 님 (이하늘의 모)"
        QString birth{}; // "1961년 3월 2일생"
        bool withdrawal = false;
        bool korean = true;
        std::vector<services::ConsentText> texts{}; // withdrawal: one, saying what stops and what stays
    };
    struct Answer {
        clinical::Programme programme = clinical::Programme::Exchange;
        bool provision = false, sensitive = false;
        bool agreed() const { return provision && sensitive; }
    };

    PatientWindow(Theme &theme, const Session &session, QWidget *parent = nullptr);

    // On a second screen when there is one.
    void present();
    const std::vector<Answer> &answers() const { return m_answers; }
    QByteArray signaturePng() const;
    SignaturePad *pad() const { return m_pad; }
    QString progress() const; // "1 / 2 read", for the staff line
    // Blank at once; the signature is never used again (lock, crash, stop).
    void blank();

Q_SIGNALS:
    void progressed();
    void completed(); // signed
    void refused(); // nothing was agreed to

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct TextPage {
        QWidget *page = nullptr;
        QTextEdit *text = nullptr;
        QButtonGroup *provision = nullptr, *sensitive = nullptr;
        QLabel *lead = nullptr;
        bool readToEnd = false;
    };
    void buildText(size_t index);
    void buildSignature();
    void checkEnd(size_t index);
    void next();
    void refuse();
    void focusContent();
    void finish();
    void refresh();
    void grow(double factor);
    size_t agreedCount() const;

    Theme &m_theme;
    Session m_session;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_step = nullptr;
    QPushButton *m_clear = nullptr, *m_refuse = nullptr, *m_next = nullptr;
    SignaturePad *m_pad = nullptr;
    QLabel *m_summary = nullptr;
    std::vector<TextPage> m_pages{};
    std::vector<Answer> m_answers{};
    bool m_done = false;
};

} // namespace naru::ui
