#include "tests/support/SyntheticWords.h"

// clang-format off
namespace naru::testsupport::words {

namespace {
constexpr Word Qualifiers[] = {
    {"상세불명의", "Unspecified"}, {"기타 및 상세불명의", "Other and unspecified"}, {"기타", "Other"}, {"급성", "Acute"},
    {"만성", "Chronic"}, {"아급성", "Subacute"}, {"재발성", "Recurrent"}, {"원발성", "Primary"}, {"속발성", "Secondary"},
    {"특발성", "Idiopathic"}, {"선천성", "Congenital"}, {"외상성", "Traumatic"}, {"비외상성", "Nontraumatic"},
    {"합병증을 동반한", "Complicated"}, {"합병증을 동반하지 않은", "Uncomplicated"}, {"합병증이 없는", "Simple"},
    {"달리 분류되지 않은", "Not elsewhere classified"}, {"부위가 명시되지 않은", "Site not specified"},
    {"감염성", "Infectious"}, {"비감염성", "Noninfectious"}, {"세균성", "Bacterial"}, {"바이러스성", "Viral"},
    {"결핵성", "Tuberculous"}, {"진균성", "Mycotic"}, {"알레르기성", "Allergic"}, {"자가면역성", "Autoimmune"},
    {"약물유발", "Drug-induced"}, {"방사선에 의한", "Radiation-induced"}, {"수술후", "Postoperative"}, {"산후", "Postpartum"},
    {"신생아의", "Neonatal"}, {"소아기의", "Childhood"}, {"노년성", "Senile"}, {"유전성", "Hereditary"}, {"가족성", "Familial"},
    {"국소적", "Localized"}, {"미만성", "Diffuse"}, {"다발성", "Multiple"}, {"양성", "Benign"}, {"악성", "Malignant"},
    {"전이성", "Metastatic"}, {"화농성", "Purulent"}, {"출혈성", "Haemorrhagic"}, {"괴사성", "Necrotizing"},
    {"폐쇄성", "Obstructive"}, {"퇴행성", "Degenerative"}, {"중증", "Severe"}, {"경도의", "Mild"}, {"중등도의", "Moderate"},
    {"난치성", "Intractable"},
};
constexpr Word Sites[] = {
    {"머리", "head"}, {"두피", "scalp"}, {"이마", "forehead"}, {"얼굴", "face"}, {"눈꺼풀", "eyelid"}, {"결막", "conjunctiva"},
    {"각막", "cornea"}, {"수정체", "lens"}, {"망막", "retina"}, {"시신경", "optic nerve"}, {"바깥귀", "external ear"},
    {"가운데귀", "middle ear"}, {"속귀", "inner ear"}, {"고막", "tympanic membrane"}, {"코", "nose"}, {"코중격", "nasal septum"},
    {"부비동", "paranasal sinus"}, {"입술", "lip"}, {"혀", "tongue"}, {"잇몸", "gingiva"}, {"입천장", "palate"},
    {"편도", "tonsil"}, {"침샘", "salivary gland"}, {"귀밑샘", "parotid gland"}, {"인두", "pharynx"}, {"후두", "larynx"},
    {"성대", "vocal cord"}, {"갑상선", "thyroid gland"}, {"부갑상선", "parathyroid gland"}, {"기관", "trachea"},
    {"기관지", "bronchus"}, {"폐", "lung"}, {"폐의 상엽", "upper lobe of lung"}, {"폐의 하엽", "lower lobe of lung"},
    {"흉막", "pleura"}, {"세로칸", "mediastinum"}, {"심장", "heart"}, {"심장막", "pericardium"}, {"심근", "myocardium"},
    {"승모판", "mitral valve"}, {"대동맥판", "aortic valve"}, {"관상동맥", "coronary artery"}, {"대동맥", "aorta"},
    {"목동맥", "carotid artery"}, {"폐동맥", "pulmonary artery"}, {"하지정맥", "vein of lower limb"}, {"식도", "oesophagus"},
    {"위", "stomach"}, {"십이지장", "duodenum"}, {"소장", "small intestine"}, {"충수", "appendix"}, {"대장", "colon"},
    {"구불결장", "sigmoid colon"}, {"직장", "rectum"}, {"항문", "anus"}, {"간", "liver"}, {"담낭", "gallbladder"},
    {"담관", "bile duct"}, {"췌장", "pancreas"}, {"비장", "spleen"}, {"복막", "peritoneum"}, {"복벽", "abdominal wall"},
    {"신장", "kidney"}, {"신우", "renal pelvis"}, {"요관", "ureter"}, {"방광", "urinary bladder"}, {"요도", "urethra"},
    {"전립선", "prostate"}, {"고환", "testis"}, {"음낭", "scrotum"}, {"난소", "ovary"}, {"난관", "fallopian tube"},
    {"자궁", "uterus"}, {"자궁경부", "cervix uteri"}, {"질", "vagina"}, {"유방", "breast"}, {"뇌", "brain"},
    {"소뇌", "cerebellum"}, {"뇌막", "meninges"}, {"척수", "spinal cord"}, {"경추", "cervical spine"}, {"흉추", "thoracic spine"},
    {"요추", "lumbar spine"}, {"추간판", "intervertebral disc"}, {"천장관절", "sacroiliac joint"}, {"어깨관절", "shoulder joint"},
    {"쇄골", "clavicle"}, {"위팔", "upper arm"}, {"팔꿈치", "elbow"}, {"아래팔", "forearm"}, {"손목", "wrist"}, {"손", "hand"},
    {"엄지손가락", "thumb"}, {"고관절", "hip joint"}, {"넓적다리", "thigh"}, {"무릎관절", "knee joint"}, {"반달연골", "meniscus"},
    {"아래다리", "lower leg"}, {"발목", "ankle"}, {"발", "foot"}, {"엄지발가락", "great toe"}, {"손톱", "fingernail"},
    {"피부", "skin"}, {"피하조직", "subcutaneous tissue"}, {"근막", "fascia"}, {"힘줄", "tendon"}, {"림프절", "lymph node"},
    {"골수", "bone marrow"}, {"말초신경", "peripheral nerve"}, {"안면신경", "facial nerve"},
};
constexpr Word Conditions[] = {
    {"염증", "inflammation"}, {"궤양", "ulcer"}, {"농양", "abscess"}, {"봉와직염", "cellulitis"}, {"감염", "infection"},
    {"협착", "stenosis"}, {"폐쇄", "obstruction"}, {"천공", "perforation"}, {"누공", "fistula"}, {"출혈", "haemorrhage"},
    {"혈종", "haematoma"}, {"경색증", "infarction"}, {"허혈", "ischaemia"}, {"혈전증", "thrombosis"}, {"색전증", "embolism"},
    {"동맥류", "aneurysm"}, {"부종", "oedema"}, {"낭종", "cyst"}, {"용종", "polyp"}, {"결석", "calculus"}, {"석회화", "calcification"},
    {"위축", "atrophy"}, {"비대", "hypertrophy"}, {"이형성증", "dysplasia"}, {"악성 신생물", "malignant neoplasm"},
    {"양성 신생물", "benign neoplasm"}, {"제자리암종", "carcinoma in situ"}, {"행동양식 불명의 신생물", "neoplasm of uncertain behaviour"},
    {"지방종", "lipoma"}, {"혈관종", "haemangioma"}, {"림프종", "lymphoma"}, {"육종", "sarcoma"}, {"골절", "fracture"},
    {"개방골절", "open fracture"}, {"불유합", "nonunion"}, {"탈구", "dislocation"}, {"염좌 및 긴장", "sprain and strain"},
    {"타박상", "contusion"}, {"열상", "laceration"}, {"찔린상처", "puncture wound"}, {"화상", "burn"}, {"동상", "frostbite"},
    {"이물", "foreign body"}, {"절단", "amputation"}, {"압궤손상", "crushing injury"}, {"신경손상", "nerve injury"},
    {"관절염", "arthritis"}, {"골관절염", "osteoarthritis"}, {"관절강직", "ankylosis"}, {"구축", "contracture"},
    {"불안정", "instability"}, {"통증", "pain"}, {"신경통", "neuralgia"}, {"마비", "paralysis"}, {"경련", "spasm"},
    {"기능부전", "insufficiency"}, {"기능저하", "hypofunction"}, {"기능항진", "hyperfunction"}, {"섬유화", "fibrosis"},
    {"경화", "sclerosis"}, {"괴사", "necrosis"}, {"변성", "degeneration"}, {"탈출", "prolapse"}, {"탈장", "hernia"}, {"게실", "diverticulum"},
    {"확장증", "ectasia"}, {"기형", "malformation"}, {"무형성", "aplasia"}, {"유착", "adhesion"}, {"파열", "rupture"},
    {"삼출액", "effusion"}, {"습진", "eczema"}, {"건선", "psoriasis"}, {"증식증", "hyperplasia"}, {"손상의 후유증", "sequelae of injury"},
};
constexpr Word Sides[] = {{"", ""}, {"오른쪽", "right side"}, {"왼쪽", "left side"}, {"양쪽", "bilateral"}};
constexpr Word Approaches[] = {
    {"복강경하", "Laparoscopic"}, {"내시경적", "Endoscopic"}, {"경피적", "Percutaneous"}, {"개방", "Open"}, {"로봇보조", "Robot-assisted"},
    {"관절경하", "Arthroscopic"}, {"흉강경하", "Thoracoscopic"}, {"현미경하", "Microscopic"}, {"초음파유도하", "Ultrasound-guided"},
    {"투시유도하", "Fluoroscopy-guided"}, {"경요도적", "Transurethral"}, {"혈관내", "Endovascular"}, {"근치적", "Radical"},
    {"부분", "Partial"}, {"단순", "Simple"}, {"광범위", "Extensive"}, {"응급", "Emergency"}, {"재수술로서의", "Revision"},
    {"레이저를 이용한", "Laser"}, {"고주파를 이용한", "Radiofrequency"},
};
constexpr Word Operations[] = {
    {"절제술", "resection"}, {"전절제술", "total excision"}, {"절개술", "incision"}, {"배농술", "drainage"}, {"봉합술", "suture"},
    {"재건술", "reconstruction"}, {"성형술", "plasty"}, {"고정술", "fixation"}, {"유합술", "fusion"}, {"치환술", "replacement"},
    {"이식술", "transplantation"}, {"생검", "biopsy"}, {"세포흡인검사", "aspiration cytology"}, {"천자", "puncture"}, {"삽관술", "intubation"},
    {"스텐트 삽입술", "stent insertion"}, {"풍선확장술", "balloon dilatation"}, {"색전술", "embolization"}, {"결찰술", "ligation"},
    {"소작술", "cauterization"}, {"이물제거술", "removal of foreign body"}, {"결석제거술", "lithotomy"}, {"쇄석술", "lithotripsy"},
    {"박리술", "dissection"}, {"감압술", "decompression"}, {"문합술", "anastomosis"}, {"우회술", "bypass"}, {"조루술", "stoma formation"},
    {"도수정복술", "closed reduction"}, {"관혈적 정복술", "open reduction"}, {"석고붕대 고정", "cast immobilization"}, {"신경차단술", "nerve block"},
    {"주사", "injection"}, {"세척", "irrigation"}, {"창상처치", "wound care"}, {"변연절제술", "debridement"}, {"피부이식술", "skin graft"},
    {"피판술", "flap operation"}, {"물리치료", "physical therapy"}, {"운동치료", "exercise therapy"}, {"초음파치료", "ultrasound therapy"},
    {"내시경검사", "endoscopic examination"}, {"조영술", "contrast study"}, {"기능검사", "function test"}, {"압력측정", "manometry"},
    {"근전도검사", "electromyography"}, {"마취", "anaesthesia"}, {"모니터링", "monitoring"}, {"카테터 교환", "catheter exchange"}, {"탐색술", "exploration"},
};
constexpr Word Analytes[] = {
    {"혈색소", "Hemoglobin"}, {"적혈구", "Erythrocytes"}, {"백혈구", "Leukocytes"}, {"혈소판", "Platelets"}, {"호중구", "Neutrophils"},
    {"림프구", "Lymphocytes"}, {"호산구", "Eosinophils"}, {"당화혈색소", "Hemoglobin A1c"}, {"포도당", "Glucose"}, {"나트륨", "Sodium"},
    {"칼륨", "Potassium"}, {"염소", "Chloride"}, {"칼슘", "Calcium"}, {"인", "Phosphate"}, {"마그네슘", "Magnesium"}, {"철", "Iron"},
    {"페리틴", "Ferritin"}, {"트랜스페린", "Transferrin"}, {"알부민", "Albumin"}, {"총단백", "Protein"}, {"총빌리루빈", "Bilirubin.total"},
    {"직접빌리루빈", "Bilirubin.direct"}, {"아스파르테이트 아미노전달효소", "Aspartate aminotransferase"},
    {"알라닌 아미노전달효소", "Alanine aminotransferase"}, {"감마글루타밀전달효소", "Gamma glutamyl transferase"},
    {"알칼리성 인산분해효소", "Alkaline phosphatase"}, {"젖산탈수소효소", "Lactate dehydrogenase"}, {"크레아틴키나아제", "Creatine kinase"},
    {"트로포닌 I", "Troponin I.cardiac"}, {"요소질소", "Urea nitrogen"}, {"크레아티닌", "Creatinine"}, {"요산", "Urate"},
    {"총콜레스테롤", "Cholesterol"}, {"고밀도지단백 콜레스테롤", "Cholesterol.in HDL"}, {"저밀도지단백 콜레스테롤", "Cholesterol.in LDL"},
    {"중성지방", "Triglyceride"}, {"아밀라아제", "Amylase"}, {"리파아제", "Lipase"}, {"암모니아", "Ammonia"}, {"젖산", "Lactate"},
    {"씨반응단백", "C reactive protein"}, {"프로칼시토닌", "Procalcitonin"}, {"디다이머", "Fibrin D-dimer"}, {"섬유소원", "Fibrinogen"},
    {"갑상선자극호르몬", "Thyrotropin"}, {"유리 티록신", "Thyroxine.free"}, {"코르티솔", "Cortisol"}, {"인슐린", "Insulin"},
    {"테스토스테론", "Testosterone"}, {"에스트라디올", "Estradiol"}, {"프로락틴", "Prolactin"}, {"부갑상선호르몬", "Parathyrin"},
    {"비타민 D", "25-Hydroxyvitamin D"}, {"비타민 B12", "Cobalamins"}, {"엽산", "Folate"}, {"알파태아단백", "Alpha-1-Fetoprotein"},
    {"암배아항원", "Carcinoembryonic Ag"}, {"전립선특이항원", "Prostate specific Ag"}, {"B형간염 표면항원", "Hepatitis B virus surface Ag"},
    {"B형간염 표면항체", "Hepatitis B virus surface Ab"}, {"C형간염 항체", "Hepatitis C virus Ab"}, {"A형간염 항체 IgM", "Hepatitis A virus Ab.IgM"},
    {"인플루엔자 A 항원", "Influenza virus A Ag"}, {"류마티스 인자", "Rheumatoid factor"}, {"항핵항체", "Nuclear Ab"},
    {"면역글로불린 E", "IgE"}, {"면역글로불린 G", "IgG"}, {"보체 C3", "Complement C3"}, {"반코마이신", "Vancomycin"},
    {"디곡신", "Digoxin"}, {"발프로산", "Valproate"}, {"카르바마제핀", "Carbamazepine"}, {"테오필린", "Theophylline"}, {"납", "Lead"},
    {"수은", "Mercury"}, {"카드뮴", "Cadmium"}, {"에탄올", "Ethanol"}, {"집먼지진드기 특이 IgE", "House dust mite Ab.IgE"},
    {"땅콩 특이 IgE", "Peanut Ab.IgE"}, {"우유 특이 IgE", "Cow milk Ab.IgE"},
};
constexpr Word Properties[] = {{"질량농도", "MCnc"}, {"몰농도", "SCnc"}, {"수농도", "NCnc"}, {"촉매농도", "CCnc"},
    {"질량분율", "MFr"}, {"수분율", "NFr"}, {"존재여부", "PrThr"}, {"역가", "Titr"}, {"임의농도", "ACnc"}, {"비율", "Ratio"}};
constexpr Word Specimens[] = {{"혈액", "Bld"}, {"혈청/혈장", "Ser/Plas"}, {"혈청", "Ser"}, {"혈장", "Plas"}, {"소변", "Urine"},
    {"24시간 소변", "Urine 24h"}, {"뇌척수액", "CSF"}, {"흉수", "Plr fld"}, {"복수", "Periton fld"}, {"관절액", "Synv fld"}, {"대변", "Stool"},
    {"객담", "Sputum"}, {"타액", "Saliva"}, {"동맥혈", "BldA"}, {"모세혈관혈", "BldC"}, {"제대혈", "BldCo"}, {"양수", "Amnio fld"}, {"골수", "Bone mar"}};
constexpr Word Scales[] = {{"정량", "Qn"}, {"순위", "Ord"}, {"정성", "Nom"}, {"서술", "Nar"}};
constexpr Word Methods[] = {{"", ""}, {"자동계수", "Automated count"}, {"면역측정법", "IA"}, {"면역비탁법", "Nephelometry"}, {"효소법", "Enzymatic"},
    {"시험지법", "Test strip"}, {"핵산증폭법", "NAA"}, {"유세포분석", "FC"}, {"크로마토그래피", "Chromatography"}, {"질량분석", "MS"},
    {"면역형광법", "IF"}, {"응집법", "Aggl"}, {"전극법", "Electrode"}, {"계산", "Calculated"}};
constexpr Word Modalities[] = {{"컴퓨터단층촬영", "CT"}, {"자기공명영상", "MRI"}, {"초음파", "US"}, {"단순촬영", "XR"}, {"혈관조영", "XA"},
    {"투시촬영", "RF"}, {"핵의학 스캔", "NM"}, {"양전자방출단층촬영", "PET"}, {"유방촬영", "MG"}, {"골밀도검사", "DXA"}};
constexpr Word Views[] = {{"전후", "AP"}, {"측면", "lateral"}, {"사위", "oblique"}, {"기립", "standing"}, {"스트레스", "stress"},
    {"조영 전", "without contrast"}, {"조영 후", "with contrast"}, {"조영 전후", "without and with contrast"}, {"3차원 재구성", "3D reconstruction"},
    {"이동", "portable"}, {"도플러", "Doppler"}, {"유도하 시술", "guidance"}};
constexpr Word Drugs[] = {
    {"아목시실린", "amoxicillin"}, {"세파클러", "cefaclor"}, {"세프트리악손", "ceftriaxone"}, {"아지트로마이신", "azithromycin"},
    {"클래리트로마이신", "clarithromycin"}, {"레보플록사신", "levofloxacin"}, {"메트로니다졸", "metronidazole"}, {"아시클로버", "aciclovir"},
    {"오셀타미비르", "oseltamivir"}, {"플루코나졸", "fluconazole"}, {"이소니아지드", "isoniazid"}, {"리팜피신", "rifampicin"},
    {"아세트아미노펜", "paracetamol"}, {"이부프로펜", "ibuprofen"}, {"나프록센", "naproxen"}, {"세레콕시브", "celecoxib"},
    {"트라마돌", "tramadol"}, {"모르핀", "morphine"}, {"아스피린", "acetylsalicylic acid"}, {"클로피도그렐", "clopidogrel"},
    {"와파린", "warfarin"}, {"아픽사반", "apixaban"}, {"암로디핀", "amlodipine"}, {"로사르탄", "losartan"}, {"텔미사르탄", "telmisartan"},
    {"에날라프릴", "enalapril"}, {"비소프롤롤", "bisoprolol"}, {"카르베딜롤", "carvedilol"}, {"푸로세미드", "furosemide"},
    {"스피로노락톤", "spironolactone"}, {"히드로클로로티아지드", "hydrochlorothiazide"}, {"아토르바스타틴", "atorvastatin"},
    {"로수바스타틴", "rosuvastatin"}, {"에제티미브", "ezetimibe"}, {"메트포르민", "metformin"}, {"글리메피리드", "glimepiride"},
    {"시타글립틴", "sitagliptin"}, {"엠파글리플로진", "empagliflozin"}, {"인슐린 글라진", "insulin glargine"}, {"레보티록신", "levothyroxine"},
    {"프레드니솔론", "prednisolone"}, {"덱사메타손", "dexamethasone"}, {"오메프라졸", "omeprazole"}, {"에소메프라졸", "esomeprazole"},
    {"파모티딘", "famotidine"}, {"모사프리드", "mosapride"}, {"온단세트론", "ondansetron"}, {"로페라미드", "loperamide"},
    {"락툴로오스", "lactulose"}, {"살부타몰", "salbutamol"}, {"몬테루카스트", "montelukast"}, {"부데소니드", "budesonide"},
    {"세티리진", "cetirizine"}, {"펙소페나딘", "fexofenadine"}, {"암브록솔", "ambroxol"}, {"아세틸시스테인", "acetylcysteine"},
    {"에스시탈로프람", "escitalopram"}, {"설트랄린", "sertraline"}, {"쿠에티아핀", "quetiapine"}, {"리스페리돈", "risperidone"},
    {"로라제팜", "lorazepam"}, {"졸피뎀", "zolpidem"}, {"가바펜틴", "gabapentin"}, {"프레가발린", "pregabalin"},
    {"레베티라세탐", "levetiracetam"}, {"도네페질", "donepezil"}, {"레보도파", "levodopa"}, {"탐스로신", "tamsulosin"},
    {"솔리페나신", "solifenacin"}, {"알렌드론산", "alendronic acid"}, {"메토트렉세이트", "methotrexate"}, {"히드록시클로로퀸", "hydroxychloroquine"},
    {"콜키신", "colchicine"}, {"알로푸리놀", "allopurinol"}, {"타목시펜", "tamoxifen"}, {"레트로졸", "letrozole"},
};
constexpr Word Strengths[] = {{"5밀리그램", "5 mg"}, {"10밀리그램", "10 mg"}, {"20밀리그램", "20 mg"}, {"25밀리그램", "25 mg"}, {"40밀리그램", "40 mg"},
    {"50밀리그램", "50 mg"}, {"80밀리그램", "80 mg"}, {"100밀리그램", "100 mg"}, {"250밀리그램", "250 mg"}, {"500밀리그램", "500 mg"},
    {"1그램", "1 g"}, {"0.5밀리그램", "0.5 mg"}};
constexpr Word Forms[] = {{"정", "tablet"}, {"서방정", "prolonged-release tablet"}, {"구강붕해정", "orodispersible tablet"}, {"캡슐", "capsule"},
    {"주", "injection"}, {"프리필드시린지주", "prefilled syringe"}, {"시럽", "syrup"}, {"현탁액", "suspension"}, {"건조시럽", "dry syrup"},
    {"연고", "ointment"}, {"점안액", "eye drops"}, {"흡입제", "inhaler"}, {"패취", "patch"}, {"좌제", "suppository"}};
constexpr Word Makers[] = {{"가람제약", "Garam"}, {"나린바이오", "Narin Bio"}, {"다온약품", "Daon"}, {"라온제약", "Raon"}, {"마루헬스", "Maru Health"},
    {"바다제약", "Bada"}, {"새별파마", "Saebyeol Pharma"}, {"아라약품", "Ara"}, {"자람바이오", "Jaram Bio"}, {"참솔제약", "Chamsol"},
    {"큰내약품", "Keunnae"}, {"토담제약", "Todam"}, {"푸름파마", "Pureum Pharma"}, {"하늬제약", "Hanui"}, {"온누리약품", "Onnuri"},
    {"미르바이오", "Mir Bio"}, {"산들제약", "Sandeul"}, {"해오름약품", "Haeoreum"}, {"초롱파마", "Chorong Pharma"}, {"한결제약", "Hangyeol"}};
constexpr Word NursingFoci[] = {{"통증", "pain"}, {"낙상", "falls"}, {"욕창", "pressure injury"}, {"감염", "infection"}, {"수면양상", "sleep pattern"},
    {"영양섭취", "nutrition intake"}, {"체액량", "fluid volume"}, {"기도청결", "airway clearance"}, {"가스교환", "gas exchange"},
    {"심박출량", "cardiac output"}, {"말초조직관류", "peripheral tissue perfusion"}, {"체온", "body temperature"}, {"배뇨", "urination"},
    {"배변", "bowel elimination"}, {"피부통합성", "skin integrity"}, {"신체기동성", "physical mobility"}, {"자가간호", "self care"},
    {"불안", "anxiety"}, {"두려움", "fear"}, {"의사소통", "communication"}, {"투약이행", "medication adherence"}, {"혈당조절", "glucose control"},
    {"상처치유", "wound healing"}, {"삼킴", "swallowing"}, {"오심", "nausea"}, {"피로", "fatigue"}, {"활동지속성", "activity tolerance"},
    {"보호자 역할", "caregiver role"}, {"모유수유", "breastfeeding"}, {"신생아 애착", "newborn attachment"}};
constexpr Word NursingJudgements[] = {{"위험성", "risk for impaired"}, {"장애", "impaired"}, {"불균형", "imbalance of"}, {"부족", "deficient"},
    {"과다", "excess"}, {"사정", "assessment of"}, {"교육", "teaching about"}, {"관리", "management of"}, {"모니터링", "monitoring of"},
    {"증진", "promotion of"}, {"예방", "prevention of"}, {"지지", "support of"}, {"상담", "counselling on"}, {"유지", "maintenance of"},
    {"개선됨", "improved"}, {"비효과적 대처", "ineffective coping with"}};
constexpr Word Recipients[] = {{"성인", "adult"}, {"소아", "child"}, {"신생아", "newborn"}, {"임부", "pregnant woman"}, {"산모", "mother after birth"},
    {"노인", "older adult"}, {"수술 전 환자", "patient before surgery"}, {"수술 후 환자", "patient after surgery"}, {"중환자", "critically ill patient"},
    {"암 환자", "patient with cancer"}, {"투석 환자", "patient on dialysis"}, {"당뇨병 환자", "patient with diabetes"}, {"치매 환자", "patient with dementia"},
    {"가족", "family"}, {"보호자", "caregiver"}, {"지역사회 주민", "resident"}, {"학생", "student"}, {"근로자", "worker"}, {"재가 환자", "patient at home"},
    {"격리 환자", "isolated patient"}, {"응급 환자", "emergency patient"}, {"호스피스 환자", "hospice patient"}, {"정신과 환자", "psychiatric patient"},
    {"보행장애 환자", "patient with gait disorder"}};
constexpr Word PublicSubjects[] = {{"예방접종", "vaccination"}, {"금연", "smoking cessation"}, {"절주", "alcohol moderation"}, {"영양", "nutrition"},
    {"비만", "obesity"}, {"구강보건", "oral health"}, {"모자보건", "maternal and child health"}, {"결핵", "tuberculosis"}, {"치매", "dementia"},
    {"정신건강", "mental health"}, {"자살예방", "suicide prevention"}, {"심뇌혈관질환", "cardiovascular disease"}, {"고혈압", "hypertension"},
    {"당뇨병", "diabetes"}, {"암검진", "cancer screening"}, {"감염병", "communicable disease"}, {"식품위생", "food hygiene"}, {"환경보건", "environmental health"},
    {"방문건강", "visiting health care"}, {"아토피", "atopy"}, {"장애인 재활", "rehabilitation"}, {"응급의료", "emergency care"}, {"한의약 건강증진", "Korean medicine health promotion"},
    {"성매개감염병", "sexually transmitted infection"}};
constexpr Word PublicServices[] = {{"상담", "counselling"}, {"교육", "education"}, {"등록관리", "registration"}, {"검진", "screening"}, {"방문", "home visit"},
    {"역학조사", "epidemiological survey"}, {"신고", "notification"}, {"접촉자 관리", "contact tracing"}, {"지원금 신청", "benefit application"}, {"홍보", "campaign"},
    {"추적관찰", "follow-up"}, {"보고서", "report"}};
constexpr Word KoreanPatterns[] = {{"기허증(氣虛證)", "qi deficiency"}, {"혈허증(血虛證)", "blood deficiency"}, {"음허증(陰虛證)", "yin deficiency"},
    {"양허증(陽虛證)", "yang deficiency"}, {"기체증(氣滯證)", "qi stagnation"}, {"어혈증(瘀血證)", "blood stasis"}, {"담음증(痰飮證)", "phlegm-fluid"},
    {"습열증(濕熱證)", "dampness-heat"}, {"한습증(寒濕證)", "cold-dampness"}, {"풍한증(風寒證)", "wind-cold"}, {"풍열증(風熱證)", "wind-heat"},
    {"실열증(實熱證)", "excess heat"}, {"허열증(虛熱證)", "deficiency heat"}};
constexpr Word KoreanOrgans[] = {{"간(肝)", "liver"}, {"심(心)", "heart"}, {"비(脾)", "spleen"}, {"폐(肺)", "lung"}, {"신(腎)", "kidney"}, {"담(膽)", "gallbladder"},
    {"위(胃)", "stomach"}, {"소장(小腸)", "small intestine"}, {"대장(大腸)", "large intestine"}, {"방광(膀胱)", "bladder"}, {"심포(心包)", "pericardium"},
    {"삼초(三焦)", "triple energizer"}, {"간비(肝脾)", "liver and spleen"}, {"간신(肝腎)", "liver and kidney"}, {"심비(心脾)", "heart and spleen"},
    {"심신(心腎)", "heart and kidney"}, {"폐신(肺腎)", "lung and kidney"}, {"비위(脾胃)", "spleen and stomach"}, {"폐비(肺脾)", "lung and spleen"},
    {"비신(脾腎)", "spleen and kidney"}, {"간담(肝膽)", "liver and gallbladder"}, {"간위(肝胃)", "liver and stomach"}, {"심폐(心肺)", "heart and lung"},
    {"심담(心膽)", "heart and gallbladder"}, {"충임(衝任)", "thoroughfare and conception vessels"}, {"경락(經絡)", "meridian"}, {"위기(衛氣)", "defence qi"},
    {"영혈(營血)", "nutrient blood"}, {"포궁(胞宮)", "uterus"}};
constexpr Word Organisms[] = {{"황색포도알균", "Staphylococcus aureus"}, {"폐렴사슬알균", "Streptococcus pneumoniae"}, {"대장균", "Escherichia coli"},
    {"폐렴막대균", "Klebsiella pneumoniae"}, {"녹농균", "Pseudomonas aeruginosa"}, {"살모넬라균", "Salmonella"}, {"결핵균", "Mycobacterium tuberculosis"},
    {"칸디다", "Candida albicans"}, {"아스페르길루스", "Aspergillus fumigatus"}, {"노로바이러스", "Norovirus"}, {"로타바이러스", "Rotavirus"},
    {"아데노바이러스", "Adenovirus"}, {"거대세포바이러스", "Cytomegalovirus"}, {"단순포진바이러스", "Herpes simplex virus"}, {"인플루엔자바이러스", "Influenza virus"},
    {"말라리아원충", "Plasmodium"}, {"간흡충", "Clonorchis sinensis"}, {"쯔쯔가무시균", "Orientia tsutsugamushi"}, {"헬리코박터균", "Helicobacter pylori"},
    {"장알균", "Enterococcus faecalis"}};
constexpr Word Findings[] = {{"검출", "detected"}, {"미검출", "not detected"}, {"내성", "resistant"}, {"감수성", "susceptible"}, {"보균", "carrier state"},
    {"노출력", "history of exposure"}, {"가족력", "family history"}, {"과거력", "past history"}, {"의심", "suspected"}, {"추적관찰 필요", "follow-up needed"},
    {"음성 전환", "converted to negative"}, {"양성", "positive"}};
} // namespace

#define LIST(function, Array) std::span<const Word> function() { return Array; }
LIST(qualifiers, Qualifiers)
LIST(sites, Sites)
LIST(conditions, Conditions)
LIST(sides, Sides)
LIST(approaches, Approaches)
LIST(operations, Operations)
LIST(analytes, Analytes)
LIST(properties, Properties)
LIST(specimens, Specimens)
LIST(scales, Scales)
LIST(methods, Methods)
LIST(modalities, Modalities)
LIST(views, Views)
LIST(drugs, Drugs)
LIST(strengths, Strengths)
LIST(forms, Forms)
LIST(makers, Makers)
LIST(nursingFoci, NursingFoci)
LIST(nursingJudgements, NursingJudgements)
LIST(recipients, Recipients)
LIST(publicSubjects, PublicSubjects)
LIST(publicServices, PublicServices)
LIST(koreanPatterns, KoreanPatterns)
LIST(koreanOrgans, KoreanOrgans)
LIST(organisms, Organisms)
LIST(findings, Findings)
#undef LIST

} // namespace naru::testsupport::words
// clang-format on
