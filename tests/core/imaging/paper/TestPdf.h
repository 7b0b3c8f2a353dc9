// A small PDF (ISO 32000-1), object by object, with a true table of references; what is wrong in it is wrong
// on purpose.
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace naru::test {

struct TestPdf {
    QByteArrayList objects{}; // from 1; the first is the catalogue
    QByteArray trailer{}; // more of it

    int add(const QByteArray &object)
    {
        objects.append(object);
        return int(objects.size());
    }
    static QByteArray stream(const QByteArray &content, const QByteArray &more = {})
    {
        return "<</Length " + QByteArray::number(content.size()) + more + ">>stream\n" + content
            + "\nendstream";
    }
    QByteArray bytes() const
    {
        QByteArray out = "%PDF-1.7\n";
        QByteArray table = "0000000000 65535 f \n";
        for (qsizetype i = 0; i < objects.size(); ++i) {
            table += QByteArray::number(out.size()).rightJustified(10, '0') + " 00000 n \n";
            out += QByteArray::number(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
        }
        const QByteArray count = QByteArray::number(objects.size() + 1);
        return out + "xref\n0 " + count + '\n' + table + "trailer<</Size " + count + "/Root 1 0 R" + trailer
            + ">>\nstartxref\n" + QByteArray::number(out.size()) + "\n%%EOF\n";
    }
};

// Pages of A4, one drawing each; `resources` hold for all.
inline TestPdf pdfOf(const QByteArrayList &drawings, const QByteArray &page = "/MediaBox[0 0 595 842]",
    const QByteArray &resources = "<<>>")
{
    TestPdf out;
    out.add("<</Type/Catalog/Pages 2 0 R>>");
    out.add({});
    QByteArray kids;
    for (const QByteArray &drawing : drawings) {
        const int content = out.add(TestPdf::stream(drawing));
        kids += QByteArray::number(out.add("<</Type/Page/Parent 2 0 R" + page + "/Resources" + resources
                    + "/Contents " + QByteArray::number(content) + " 0 R>>"))
            + " 0 R ";
    }
    out.objects[1] = "<</Type/Pages/Kids[" + kids + "]/Count " + QByteArray::number(drawings.size()) + ">>";
    return out;
}

} // namespace naru::test
