// Words on an image: where drawText() has them, and with a dark rim of one point on every side.
#include "ui/widgets/viewport/HaloPen.h"

#include <QImage>
#include <QPainter>
#include <QtTest>

using namespace naru::ui;

namespace {
const QColor Words(255, 230, 0);

QImage canvas(double ratio, const QColor &back)
{
    QImage out((QSizeF(240, 120) * ratio).toSize(), QImage::Format_RGB32);
    out.setDevicePixelRatio(ratio);
    out.fill(back);
    return out;
}

template <typename Is> QRect boxOf(const QImage &image, const Is &is)
{
    QRect out;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (is(QColor(image.pixel(x, y))))
                out |= QRect(x, y, 1, 1);
        }
    }
    return out;
}

bool isWords(const QColor &colour)
{
    return colour.red() > 128 && colour.blue() < 100;
}

bool isDark(const QColor &colour)
{
    return colour.lightness() < 60;
}

bool near(const QRect &a, const QRect &b, int by)
{
    return std::abs(a.left() - b.left()) <= by && std::abs(a.right() - b.right()) <= by
        && std::abs(a.top() - b.top()) <= by && std::abs(a.bottom() - b.bottom()) <= by;
}
} // namespace

class TestHalo : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void places_data()
    {
        QTest::addColumn<int>("flags");
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("ratio");
        const struct {
            const char *name;
            int flags;
            QString text;
        } rows[] = {{"top left", int(Qt::AlignLeft | Qt::AlignTop), QStringLiteral("CT 2026")},
            {"top right", int(Qt::AlignRight | Qt::AlignTop), QStringLiteral("홍길동 M")},
            {"two lines below", int(Qt::AlignLeft | Qt::AlignBottom), QStringLiteral("W 400\nL 40")},
            {"right, two lengths", int(Qt::AlignRight | Qt::AlignBottom), QStringLiteral("5 cm\n12/500")},
            {"beside", int(Qt::AlignRight | Qt::AlignVCenter), QStringLiteral("L")},
            {"middle, wrapped", int(Qt::AlignCenter) | int(Qt::TextWordWrap),
                QStringLiteral("Loading the image of a study that is long enough for two lines or three")}};
        for (const auto &row : rows) {
            for (const double ratio : {1.0, 1.5, 2.0})
                QTest::addRow("%s at %g", row.name, ratio) << row.flags << row.text << ratio;
        }
    }
    void places()
    {
        QFETCH(int, flags);
        QFETCH(QString, text);
        QFETCH(double, ratio);
        const QRectF where(7.25, 5.5, 220, 104);
        QImage expected = canvas(ratio, Qt::black), found = canvas(ratio, Qt::black);
        {
            QPainter painter(&expected);
            painter.setPen(Words);
            painter.drawText(where, flags, text);
        }
        {
            QPainter painter(&found);
            HaloPen(painter, Words).text(where, flags, text);
        }
        const QRect wanted = boxOf(expected, isWords), got = boxOf(found, isWords);
        QVERIFY(!wanted.isEmpty());
        QVERIFY2(near(wanted, got, 1),
            qPrintable(QStringLiteral("%1,%2 %3x%4 instead of %5,%6 %7x%8")
                           .arg(got.x())
                           .arg(got.y())
                           .arg(got.width())
                           .arg(got.height())
                           .arg(wanted.x())
                           .arg(wanted.y())
                           .arg(wanted.width())
                           .arg(wanted.height())));
    }

    void rim_data()
    {
        QTest::addColumn<double>("ratio");
        for (const double ratio : {1.0, 2.0, 3.0})
            QTest::addRow("%g", ratio) << ratio;
    }
    void rim()
    {
        QFETCH(double, ratio);
        QImage image = canvas(ratio, Qt::white);
        {
            QPainter painter(&image);
            QFont font = painter.font();
            font.setPixelSize(30);
            font.setBold(true);
            painter.setFont(font);
            HaloPen(painter, Words)
                .text({20, 20, 200, 80}, int(Qt::AlignLeft | Qt::AlignTop), QStringLiteral("I"));
        }
        const QRect words = boxOf(image, isWords), dark = boxOf(image, isDark);
        QVERIFY(!words.isEmpty());
        const int reach = qRound(ratio);
        QVERIFY2(near(words.adjusted(-reach, -reach, reach, reach), dark, 1),
            qPrintable(
                QStringLiteral("%1 %2").arg(words.left() - dark.left()).arg(dark.right() - words.right())));
    }

    void painterThatIsMovedAndEnlarged()
    {
        QImage image = canvas(1, Qt::black);
        {
            QPainter painter(&image);
            painter.translate(100, 50);
            painter.scale(2, 2);
            HaloPen(painter, Words)
                .text({0, 0, 60, 30}, int(Qt::AlignLeft | Qt::AlignTop), QStringLiteral("H"));
        }
        const QRect words = boxOf(image, isWords);
        QVERIFY(words.left() >= 99 && words.left() < 115);
        QVERIFY(words.top() >= 49 && words.top() < 75);
    }
};

QTEST_MAIN(TestHalo)
#include "tst_ui_halo.moc"
