// A handful of terms behind the interface of the pickers: every kind of row a doctor may meet.
#pragma once

#include "core/base/Hangul.h"
#include "ui/widgets/CodeSource.h"
#include "ui/widgets/picker/PickerMarks.h"

#include <QRegularExpression>

#include <algorithm>

namespace naru::test {

class FakeTerms final : public ui::CodeSource {
public:
    FakeTerms()
    {
        add("E11", "2형 당뇨병", "Type 2 diabetes mellitus").complete = false;
        rows.back().children = 3;
        add("E11.3", "2형 당뇨병, 눈 합병증 동반", "Type 2 diabetes mellitus with ophthalmic complications");
        add("E11.7", "2형 당뇨병, 다발성 합병증 동반",
            "Type 2 diabetes mellitus with multiple complications");
        add("E11.9", "2형 당뇨병, 합병증 없음", "Type 2 diabetes mellitus without complications").favourite =
            true;
        add("H36.0", "당뇨병성 망막병증", "Diabetic retinopathy").mainAllowed = false;
        rows.back().sided = true;
        add("H25.9", "상세불명의 노년백내장", "Senile cataract, unspecified").sided = true;
        rows.back().used = 3;
        add("B18.1", "만성 B형 간염", "Chronic viral hepatitis B").notifiable = true;
        add("C22.0", "간세포암종", "Liver cell carcinoma");
        add("O14.9", "전자간증", "Pre-eclampsia, unspecified").sexConflict = true;
        rows.back().limits = QStringLiteral("여성");
        add("J44.9", "만성 폐쇄성 폐질환", "Chronic obstructive pulmonary disease").retired = true;
        rows.back().replacedBy = QStringLiteral("J44.90");
        rows.back().replacedByName = QStringLiteral("급성 악화를 동반하지 않은 만성 폐쇄성 폐질환");
        add("M25.5", "관절통", "Pain in joint").sided = true;
        add("S52.50", "요골 하단의 골절, 폐쇄성", "Fracture of lower end of radius, closed").sided = true;
        add("S52.51", "요골 하단의 골절, 개방성", "Fracture of lower end of radius, open").sided = true;
        add("J45.9", "상세불명의 천식", "Asthma, unspecified").graded = true;
        aliases = {{QStringLiteral("DM"), QStringLiteral("E11.9")},
            {QStringLiteral("COPD"), QStringLiteral("J44.9")}};
    }

    ui::CodeAnswer ask(const QString &query, int limit) override
    {
        ++asked;
        ui::CodeAnswer answer;
        if (pending) {
            answer.pending = true;
            answer.status = QStringLiteral("40 %");
            return answer;
        }
        QString words = query;
        for (const auto &[word, side] : {std::pair{QStringLiteral("왼쪽"), QStringLiteral("left")},
                 std::pair{QStringLiteral("오른쪽"), QStringLiteral("right")},
                 std::pair{QStringLiteral("양쪽"), QStringLiteral("both")}}) {
            if (words.contains(word)) {
                answer.side = side;
                words = words.remove(word).trimmed();
            }
        }
        for (ui::CodeChoice row : rows) {
            for (const auto &[alias, code] : aliases) {
                if (code == row.code && alias.startsWith(words, Qt::CaseInsensitive))
                    row.matched = alias;
            }
            ui::markMatch(row, words);
            if (!row.marks.empty() && int(answer.rows.size()) < limit)
                answer.rows.push_back(row);
        }
        if (answer.rows.empty() && words == QStringLiteral("간암")) {
            answer.similar.assign(size_t(alike), rows[6]);
            answer.similar.front().ko = QStringLiteral("간염");
        }
        return answer;
    }
    std::vector<ui::CodeChoice> search(const QString &query, int limit) override
    {
        return ask(query, limit).rows;
    }
    std::vector<ui::CodeChoice> recents(int) override
    {
        std::vector<ui::CodeChoice> before{rows[4], rows[3], rows[5]};
        before[0].heading = QStringLiteral("이 환자의 코드");
        before[0].patientOwn = true;
        before[1].heading = QStringLiteral("즐겨찾기");
        before[2].heading = QStringLiteral("최근 쓴 코드");
        return before;
    }
    void used(const ui::CodeChoice &choice) override { uses << choice.key; }
    bool firstBeforeTyping() const override { return false; }
    int total() const override { return 321757; }
    bool hasHierarchy() const override { return true; }
    bool hasFavourites() const override { return true; }
    bool toggleFavourite(const ui::CodeChoice &choice) override
    {
        for (ui::CodeChoice &row : rows) {
            if (row.key == choice.key)
                return row.favourite = !row.favourite;
        }
        return false;
    }
    std::vector<ui::CodeChoice> children(const ui::CodeChoice &of) override
    {
        std::vector<ui::CodeChoice> below;
        for (const ui::CodeChoice &row : rows) {
            if (row.code.size() > of.code.size() && row.code.startsWith(of.code))
                below.push_back(row);
        }
        return below;
    }
    std::vector<ui::CodeChoice> path(const ui::CodeChoice &of) override
    {
        std::vector<ui::CodeChoice> above;
        if (of.code.startsWith(QStringLiteral("E11.")))
            above.push_back(rows[0]);
        return above;
    }
    std::vector<ui::CodeChoice> siblings(const ui::CodeChoice &of) override
    {
        return of.code.startsWith(QStringLiteral("E11.")) ? children(rows[0])
                                                          : std::vector<ui::CodeChoice>{of};
    }
    std::vector<ui::CodeRefinement> refinements(const ui::CodeChoice &of) override
    {
        ++refinementsAsked;
        std::vector<ui::CodeRefinement> more;
        if (of.code == QStringLiteral("S52.50")) {
            const auto open = std::find_if(rows.begin(), rows.end(),
                [](const ui::CodeChoice &row) { return row.code == QStringLiteral("S52.51"); });
            more.push_back({QStringLiteral("wound"), QStringLiteral("개방성"), *open});
        } else if (of.code == QStringLiteral("M25.5")) {
            const char *sites[] = {"여러 부위", "어깨부분", "위팔", "아래팔", "손", "골반 부분 및 대퇴",
                "아래다리", "발목 및 발", "기타 부분"};
            for (int i = 0; i < int(std::size(sites)); ++i) {
                ui::CodeChoice site = of;
                site.code = site.coded.code = of.code + QString::number(i);
                site.key = QStringLiteral("kcd|") + site.code;
                site.ko = site.coded.display = of.ko + QStringLiteral(", ") + QString::fromUtf8(sites[i]);
                site.coded.originalText.clear();
                site.coded.side.clear();
                more.push_back({QStringLiteral("site"), QString::fromUtf8(sites[i]), site});
            }
        }
        return more;
    }
    ui::CodePasted pasted(const QString &text) override
    {
        ui::CodePasted found;
        const QStringList words =
            text.split(QRegularExpression(QStringLiteral("[\\s,;]+")), Qt::SkipEmptyParts);
        for (const QString &word : words) {
            const auto at = std::find_if(rows.begin(), rows.end(),
                [&](const ui::CodeChoice &row) { return base::folded(row.code) == base::folded(word); });
            if (at != rows.end())
                found.rows.push_back(*at);
            else
                found.unknown << word;
        }
        return found;
    }
    std::vector<ui::CodeDetail> details(const ui::CodeChoice &choice) override
    {
        return {{QStringLiteral("다른 이름"), QStringLiteral("DM · 인슐린-비의존 당뇨병 · 성인형 당뇨병")},
            {QStringLiteral("다른 체계"), QStringLiteral("SNOMED CT 44054006 · KOSTOM H00012345")},
            {QStringLiteral("유효"), QStringLiteral("2021-01-01 – ")},
            {QStringLiteral("판"), QStringLiteral("상병마스터 2026.1  ") + choice.code}};
    }

    std::vector<ui::CodeChoice> rows{};
    std::vector<std::pair<QString, QString>> aliases{};
    QStringList uses{};
    int asked = 0, refinementsAsked = 0, alike = 1;
    bool pending = false;

private:
    ui::CodeChoice &add(const char *code, const char *ko, const char *en)
    {
        ui::CodeChoice row;
        row.code = QLatin1String(code);
        row.key = QStringLiteral("kcd|") + row.code;
        row.systemName = QStringLiteral("KCD");
        row.ko = QString::fromUtf8(ko);
        row.en = QString::fromUtf8(en);
        row.coded.code = row.code;
        row.coded.system = QStringLiteral("kcd");
        row.coded.display = row.ko;
        row.coded.displayEn = row.en;
        rows.push_back(row);
        return rows.back();
    }
};

} // namespace naru::test
