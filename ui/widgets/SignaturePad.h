// A field to sign in: mouse, pen and touch. Strokes stay vectors until png() draws them black on white,
// whatever the theme.
#pragma once

#include <QPointF>
#include <QWidget>
#include <vector>

namespace naru::ui {

class Theme;

class SignaturePad : public QWidget {
    Q_OBJECT
public:
    explicit SignaturePad(Theme &theme, QWidget *parent = nullptr);

    bool isEmpty() const { return m_strokes.empty(); }
    // A dot or a slip of the hand is no signature: some length of ink is needed.
    bool isSigned() const;
    int strokeCount() const { return int(m_strokes.size()); }
    // 600 x 200 pixels, opaque white, the signature centred and scaled to fit; empty when nothing was signed.
    QByteArray png() const;
    void setHint(const QString &hint);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void clear();

Q_SIGNALS:
    void changed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void tabletEvent(QTabletEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    using Stroke = std::vector<QPointF>;
    void begin(const QPointF &at);
    void extend(const QPointF &at);
    void finish();
    void draw(QPainter &painter, const QColor &ink, double width) const;

    Theme &m_theme;
    std::vector<Stroke> m_strokes{};
    bool m_drawing = false;
    QString m_hint{};
};

} // namespace naru::ui
