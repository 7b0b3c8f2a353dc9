// Fills a QTextDocument from a read document by cursor operations. Split from CdaView so that printing builds
// its own.
#pragma once

#include "core/clinical/ReadDocument.h"
#include "ui/widgets/CdaView.h"

#include <QCoreApplication>
#include <QTextCharFormat>
#include <QTextDocument>

namespace naru::ui {

class Theme;

// Answers only media of the document itself, and only pictures whose bytes say so. Everything else is
// nothing: no file, no net.
class CdaTextDocument final : public QTextDocument {
    Q_OBJECT
public:
    explicit CdaTextDocument(QObject *parent = nullptr);
    void setMedia(const QMap<QString, clinical::Media> &media, int maximumWidth);
    bool hasPicture(const QString &id) const { return m_pictures.contains(id); }
    QSize pictureSize(const QString &id) const { return m_pictures.value(id); }
    static QUrl pictureUrl(const QString &id);

protected:
    QVariant loadResource(int type, const QUrl &name) override;

private:
    QMap<QString, clinical::Media> m_media{};
    QMap<QString, QSize> m_pictures{};
};

struct CdaColours {
    QColor text{}, secondary{}, high{}, low{}, warn{}, warnTint{}, added{}, removed{}, headTint{}, line{};
};

class CdaBuilder {
    Q_DECLARE_TR_FUNCTIONS(naru::ui::CdaBuilder)
public:
    struct Options {
        bool korean = true;
        bool reader = true;
        bool headerCard = true;
        QFont body{};
        int unit = 5;
        // Half-width characters of a line; 0 = not known yet, a page's width is taken.
        double characters = 0;
        CdaColours colours{};
    };
    CdaBuilder(const clinical::ReadDocument &read, CdaTextDocument &target, const Options &options);

    void header();
    int beginSection(const CdaView::SectionRow &row); // position of its heading
    // Steps that write the section's narrative, each of bounded size.
    std::vector<std::function<void()>> narrativeSteps(const clinical::Section &section);
    int mismatch(const clinical::ReadWarning &warning); // position of the strip
    void closing(); // administrative parts
    static QString warningWords(const clinical::ReadWarning &warning, bool korean);
    static QString absenceWords(const QString &nullFlavor);

    // How a table is shown in a line of so many characters. What must not break (dates, codes, numbers)
    // decides: smaller type first, then each row as lines of "heading: value".
    enum class Fit { Grid, SmallGrid, Lines };
    static Fit fitOf(const clinical::Block &table, double characters);
    // Of every table that is not inside another one, in reading order: does a new width need a new layout?
    static std::vector<int> fits(const std::vector<clinical::Section> &sections, double characters);
    static double charactersIn(double width, const QFont &body, int unit);

    static CdaColours colours(const Theme &theme);
    static CdaColours printColours();
    static QString sectionTitle(const clinical::Section &section, bool korean);
    static int countOf(const clinical::Section &section);
    // Warnings that belong to a section, by its code in their path.
    static bool concerns(const clinical::ReadWarning &warning, const clinical::Section &section);
    static bool isMismatch(const clinical::ReadWarning &warning);

private:
    void blocks(QTextCursor &cursor, const std::vector<clinical::Block> &blocks, int depth);
    void block(QTextCursor &cursor, const clinical::Block &block, int depth);
    void runs(QTextCursor &cursor, const std::vector<clinical::Run> &runs, const QTextCharFormat &base);
    void table(QTextCursor &cursor, const clinical::Block &block, size_t from, size_t to, int depth);
    void cellContent(QTextCursor &inside, const clinical::Cell &cell, const QTextBlockFormat &line,
        const QTextCharFormat &text, int depth, bool continued = false);
    void rowsAsLines(QTextCursor &cursor, const clinical::Block &block, size_t from, size_t to);
    void list(QTextCursor &cursor, const clinical::Block &block, int depth);
    void paragraph(QTextCursor &cursor, double before, double after);
    void pair(const QString &label, const QString &value);
    QTextCharFormat plain() const;
    static QString visible(const QString &text);

    const clinical::ReadDocument &m_read;
    CdaTextDocument &m_target;
    Options m_options;
    QTextCursor m_end;
    QFont m_face; // of what is being written; a crowded table uses a smaller one
};

} // namespace naru::ui
