// Colours, type and spacing of the program, from palette.tsv (screens: visual system). Switched live; no
// widget keeps a colour of its own but asks here when it paints. Sizes are multiples of unit(), never pixels.
#pragma once

#include <QColor>
#include <QFont>
#include <QHash>
#include <QIcon>
#include <QObject>
#include <QPalette>

class QApplication;

namespace naru::ui {

class Theme : public QObject {
    Q_OBJECT
public:
    enum class Scheme { Light, Dark, HcDark, HcLight };
    Q_ENUM(Scheme)
    // Factors of the system font: caption 0.9, body 1, section 1.15 bold, page 1.35 bold, banner 1.5 bold,
    // tile 2.2 bold, patient window: 18 pt at least.
    enum class Face { Caption, Body, BodyBold, SectionTitle, PageTitle, BannerName, TileNumber, Patient };
    Q_ENUM(Face)

    explicit Theme(QObject *parent = nullptr);

    // "system" follows the desktop's dark setting; "light" "dark" "highContrastDark"
    // "highContrastLight" are the user's choice.
    void setChoice(const QString &choice);
    const QString &choice() const { return m_choice; }
    Scheme scheme() const { return m_scheme; }
    bool isDark() const { return m_scheme == Scheme::Dark || m_scheme == Scheme::HcDark; }
    // 0.8 .. 2.4, clamped.
    void setZoom(double zoom);
    double zoom() const { return m_zoom; }
    // Installs style, palette and font on the application and keeps them current.
    void applyTo(QApplication &application);

    // A token of palette.tsv: "text" "textSecondary" "ok" "warn" "error" "tintWarn" "chipEmr" "chipEmrTint"
    // ...; an unknown token is a typing mistake of ours and ends the program (a test reads every use).
    QColor color(const char *token) const { return color(QString::fromLatin1(token)); }
    QColor color(const QString &token) const;
    static QColor color(const QString &token, Scheme scheme);
    static QStringList tokens();
    QFont font(Face face) const;
    // u of the screens: a quarter of the body line height, about 5 px at 10 pt.
    int unit(double steps = 1) const;
    // Height of a control (6u) and of a table row (5u), never less than a line of text with its padding.
    int controlHeight() const { return unit(6); }
    int rowHeight() const { return unit(6); }
    // resources/icons/<name>.svg tinted with a token, in the sizes of the zoom.
    QIcon icon(const QString &name, const char *token = "text") const;
    QPalette palette() const;

    // Called by the watcher of the desktop's settings.
    void setSystemDark(bool dark);
    void setSystemHighContrast(bool high);

Q_SIGNALS:
    void changed(); // scheme, zoom or font; repaint and ask again

private:
    void resolve();
    void install();

    QApplication *m_application = nullptr;
    QString m_choice = QStringLiteral("system");
    Scheme m_scheme = Scheme::Light;
    double m_zoom = 1.0;
    bool m_systemDark = false, m_systemHighContrast = false;
    QFont m_base{};
    QFont m_body{};
    int m_unitTimes4 = 20;
};

} // namespace naru::ui
