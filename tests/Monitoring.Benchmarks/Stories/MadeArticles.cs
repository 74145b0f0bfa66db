using System.Text.Json;
using Monitoring.Tests.Support;

namespace Monitoring.Benchmarks.Stories;

/// <param name="Kind">Of what desk: <c>news</c>, or the form that is filled in.</param>
internal sealed record MadeArticle(string Kind, string Language, string Title, string[] Sentences)
{
    public string Text => $"{Title}\n{string.Join(' ', Sentences)}";
}

/// <summary>Articles put together from sentences of our own in three languages, forms that desks fill in day after day, and public news texts where they are at hand.</summary>
internal sealed class MadeArticles(int seed)
{
    private static readonly string[] Surnames = ["Ахметов", "Сериков", "Жанабаев", "Оспанова", "Ли", "Петренко", "Касымова", "Турсунов", "Байжанов", "Исаева", "Досанов", "Ким", "Рахимова", "Ермеков", "Абдиева"];
    private static readonly string[] Given = ["Айдар", "Дина", "Марат", "Асель", "Игорь", "Жанна", "Ерлан", "Сауле", "Тимур", "Лейла"];
    private static readonly string[] Cities = ["Алматы", "Астане", "Шымкенте", "Актобе", "Караганде", "Павлодаре", "Таразе", "Костанае", "Атырау", "Семее"];
    private static readonly string[] LatinNames = ["Aidar Serikov", "Dina Ospanova", "Marat Li", "Asel Kim", "Timur Isayev", "Leila Rakhimova", "Yerlan Dosanov"];
    private static readonly string[] LatinCities = ["Almaty", "Astana", "Shymkent", "Aktobe", "Karaganda", "Pavlodar", "Taraz"];

    private static readonly string[] Russian =
    [
        "Журналиста {p} задержали у здания городского акимата в {c}, когда он снимал очередь недовольных жителей",
        "По словам адвоката, полицейские не представились и не объяснили причину задержания",
        "Съёмочную группу остановили на въезде в посёлок и потребовали стереть записи с камеры",
        "В департаменте полиции сообщили, что проводится проверка по {n} обращениям граждан",
        "Коллеги {p} записали видеообращение к генеральному прокурору и министру культуры",
        "Суд признал редактора виновным в распространении заведомо ложной информации и назначил штраф в {n} МРП",
        "Редакция намерена обжаловать решение в областном суде в течение {n} дней",
        "Сайт издания не открывается у абонентов трёх крупных операторов с вечера {n} числа",
        "Правозащитники считают, что дело связано с расследованием о закупках для районной больницы",
        "В {c} прошёл одиночный пикет в поддержку арестованного блогера",
        "Во время обыска изъяли два ноутбука, телефон, жёсткий диск и {n} тысяч тенге",
        "Сам {p} вину не признаёт и связывает преследование со своими публикациями о строительстве дороги",
        "Представитель министерства отказался комментировать ход следствия, сославшись на тайну",
        "Ранее неизвестные подожгли автомобиль корреспондента во дворе его дома",
        "Международные организации призвали власти освободить {p} и прекратить давление на прессу",
        "Следственный суд санкционировал содержание под стражей сроком на {n} суток",
        "Главный редактор рассказал, что угрозы поступали в мессенджеры в течение {n} месяцев",
        "Заседание перенесли из-за неявки эксперта, который готовил филологическое заключение",
        "Типография в {c} в одностороннем порядке расторгла договор на печать газеты",
        "Депутат маслихата подал иск о защите чести и достоинства на {n} миллионов тенге",
        "На заседание не пустили блогеров, а официальным корреспондентам запретили вести трансляцию",
        "Сотрудники охраны вырвали микрофон у оператора и вытолкнули его за дверь",
        "Профсоюз работников прессы направил запрос уполномоченному по правам человека",
        "Полиция возбудила дело по факту воспрепятствования законной деятельности журналиста",
        "Врачи зафиксировали у {p} сотрясение мозга и многочисленные ушибы",
        "Хостинг-провайдер получил предписание удалить {n} публикаций о протестах рабочих",
        "Аккаунт редакции в социальной сети взломали и разместили от её имени оскорбительные записи",
        "Родственники не могли связаться с {p} почти {n} часов",
        "Адвоката допустили в изолятор лишь после жалобы в прокуратуру города",
        "По версии следствия, деньги перечислялись через подставные фирмы в {c} и за рубежом",
    ];

    private static readonly string[] Kazakh =
    [
        "Журналист {p} қалалық әкімдік ғимаратының жанында тұрғындардың наразылығын түсіріп жүргенде ұсталды",
        "Адвокаттың айтуынша, полиция қызметкерлері өздерін таныстырмаған және себебін түсіндірмеген",
        "Түсірілім тобын ауылға кіреберісте тоқтатып, камерадағы жазбаны өшіруді талап еткен",
        "Полиция департаменті азаматтардың {n} өтініші бойынша тексеру жүріп жатқанын хабарлады",
        "Әріптестері бас прокурорға және мәдениет министріне бейнеүндеу жолдады",
        "Сот редакторды жалған ақпарат таратты деп танып, {n} АЕК айыппұл салды",
        "Редакция шешімге {n} күн ішінде облыстық сотқа шағым түсірмек",
        "Басылымның сайты ірі операторлардың абоненттерінде кешеден бері ашылмай тұр",
        "Құқық қорғаушылар істі аудандық ауруханаға қатысты зерттеумен байланыстырады",
        "Тінту кезінде екі ноутбук, телефон және {n} мың теңге тәркіленген",
        "{p} кінәсін мойындамайды және қудалауды жол құрылысы туралы мақалаларымен байланыстырады",
        "Министрлік өкілі тергеу барысына түсініктеме беруден бас тартты",
        "Тергеу соты оны {n} тәулікке қамауға санкция берді",
        "Бас редактор мессенджерлерге {n} ай бойы қоқан-лоққы келгенін айтты",
        "Сарапшы келмегендіктен сот отырысы кейінге қалдырылды",
        "Баспахана газет басу туралы шартты біржақты тәртіппен бұзды",
        "Мәслихат депутаты ар-намысты қорғау туралы {n} миллион теңгеге талап арыз берді",
        "Дәрігерлер оның миы шайқалғанын және көптеген соққы іздерін тіркеді",
        "Туыстары {p} хабарын {n} сағат бойы ала алмаған",
        "Қалада тұтқындалған блогерді қолдап жалғыз адамдық пикет өтті",
    ];

    private static readonly string[] English =
    [
        "Police in {c} detained reporter {p} while he was filming a crowd outside the city hall",
        "His lawyer said the officers gave neither their names nor any reason for the arrest",
        "The crew was stopped at a checkpoint and told to delete everything it had recorded",
        "A court found the editor guilty of spreading false information and fined her {n} monthly units",
        "The newsroom plans to appeal the ruling within {n} days",
        "The outlet's website has been unreachable for customers of three large providers since yesterday evening",
        "Rights groups link the case to an investigation into purchases for a district hospital",
        "During the search officers took two laptops, a phone and {n} thousand tenge in cash",
        "{p} denies the charges and says they are revenge for articles about a road contract",
        "A spokesman for the ministry declined to comment on the inquiry",
        "The investigating judge ordered pre-trial detention for {n} days",
        "The chief editor said that threats had been arriving by messenger for {n} months",
        "The hearing was adjourned because an expert witness failed to appear",
        "A printing house in {c} cancelled its contract with the newspaper without notice",
        "Doctors recorded a concussion and several bruises",
        "International organisations urged the authorities to release {p} at once",
        "A member of the local council is suing the weekly for {n} million tenge over an interview",
        "Security guards pushed the cameraman out of the room and took away his microphone",
        "Relatives had no news of {p} for nearly {n} hours",
        "The hosting company was told to remove {n} posts about striking oil workers",
    ];

    private readonly Random _random = new(seed);

    public IReadOnlyList<MadeArticle> News(int count) => [.. Enumerable.Range(0, count).Select(i => (i % 4) switch
    {
        2 => One("kk", Kazakh),
        3 => One("en", English),
        _ => One("ru", Russian),
    })];

    /// <summary>What desks fill in: each another day, court or person.</summary>
    public IReadOnlyList<MadeArticle> Forms(int count) => [.. Enumerable.Range(0, count).Select(i => (i % 4) switch
    {
        0 => Weather(),
        1 => Rates(),
        2 => Court(),
        _ => EnglishRates(),
    })];

    /// <summary>The next day's article on the same matter: news first, then a third of what was told before.</summary>
    public MadeArticle NextDay(MadeArticle before)
    {
        var fresh = One(before.Language, before.Language switch { "kk" => Kazakh, "en" => English, _ => Russian }).Sentences.Except(before.Sentences).ToList();
        return new MadeArticle("next day", before.Language, fresh[0], [.. fresh.Skip(1), .. before.Sentences.Take(Math.Max(1, before.Sentences.Length / 3))]);
    }

    /// <summary>Longer articles of others, from the set of FactRuEval 2016 where it is at hand.</summary>
    public static IReadOnlyList<MadeArticle> Public()
    {
        var file = Repository.Path("..", "shared", "data", "names", "factrueval", "factrueval2016_devset_persons.jsonl");
        file = File.Exists(file) ? file : Environment.GetEnvironmentVariable("FACTRUEVAL") ?? "";
        return File.Exists(file) ? [.. File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!).Select(Read).Where(article => article.Sentences.Length > 3)] : [];
    }

    private static MadeArticle Read(string text)
    {
        var sentences = text.ReplaceLineEndings(" ").Split(". ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(sentence => sentence.TrimEnd('.')).ToArray();
        return new MadeArticle("news", "ru", sentences[0], [.. sentences.Skip(1).Select(sentence => sentence + ".")]);
    }

    private MadeArticle One(string language, string[] sentences)
    {
        var (person, city) = language == "en" ? (Pick(LatinNames), Pick(LatinCities)) : ($"{Pick(Given)} {Pick(Surnames)}", Pick(Cities));
        var chosen = Enumerable.Range(0, _random.Next(8, 14)).Select(_ => Fill($"{Third(Pick(sentences), 0)} {Third(Pick(sentences), 1)} {Third(Pick(sentences), 2)}", person, city) + ".").ToArray();
        return new MadeArticle("news", language, chosen[0].TrimEnd('.'), chosen[1..]);
    }

    /// <summary>So sentences of one desk share turns of phrase, and are others.</summary>
    private static string Third(string sentence, int which)
    {
        var words = sentence.Split(' ');
        return string.Join(' ', words[(words.Length * which / 3)..(words.Length * (which + 1) / 3)]);
    }

    private string Fill(string sentence, string person, string city) =>
        sentence.Replace("{p}", person, StringComparison.Ordinal).Replace("{c}", city, StringComparison.Ordinal).Replace("{n}", $"{_random.Next(2, 400)}", StringComparison.Ordinal);

    private MadeArticle Weather() => new("weather", "ru", $"Погода на {Day()}",
    [
        $"По прогнозу Казгидромета, {Day()} в Астане ожидается переменная облачность без осадков, ветер юго-западный {_random.Next(2, 18)} метров в секунду.",
        $"Температура воздуха ночью {_random.Next(-30, 15)}, днём {_random.Next(-20, 35)} градусов.",
        $"В Алматы временами осадки, туман, ветер слабый, температура ночью {_random.Next(-20, 20)}, днём {_random.Next(-10, 38)} градусов.",
        $"В Шымкенте без осадков, ветер восточный {_random.Next(2, 15)} метров в секунду, температура ночью {_random.Next(-10, 22)}, днём {_random.Next(0, 40)} градусов.",
        "Синоптики рекомендуют водителям соблюдать осторожность на трассах республики.",
    ]);

    private MadeArticle Rates() => new("rates", "ru", $"Курс доллара на {Day()}",
    [
        $"Национальный банк установил официальный курс тенге на {Day()}.",
        $"Доллар стоит {Rate(480)} тенге, евро {Rate(520)} тенге, российский рубль {Rate(5)} тенге, китайский юань {Rate(66)} тенге.",
        $"Накануне доллар торговался по {Rate(480)} тенге, объём торгов на Казахстанской фондовой бирже составил {_random.Next(90, 400)} миллионов долларов.",
        $"В обменных пунктах Алматы доллар продают по {Rate(482)}, в Астане по {Rate(483)} тенге.",
        "Мировые цены на нефть марки Brent остаются одним из главных факторов для национальной валюты.",
    ]);

    private MadeArticle EnglishRates() => new("rates", "en", $"Tenge rate for {_random.Next(1, 30)} November",
    [
        $"The National Bank of Kazakhstan set the official exchange rate for {_random.Next(1, 30)} November.",
        $"One dollar costs {Rate(480)} tenge, one euro {Rate(520)} tenge, one rouble {Rate(5)} tenge and one yuan {Rate(66)} tenge.",
        $"The volume of trade on the Kazakhstan Stock Exchange reached {_random.Next(90, 400)} million dollars the day before.",
        "Brent oil prices remain one of the main factors for the national currency, analysts said.",
    ]);

    private MadeArticle Court()
    {
        var (person, city) = ($"{Pick(Given)} {Pick(Surnames)}", Pick(Cities));
        return new MadeArticle("court", "ru", $"Суд вынес приговор по делу: {person}",
        [
            $"Специализированный межрайонный суд по уголовным делам в {city} вынес приговор по делу, сообщает пресс-служба суда.",
            $"Подсудимый {person} признан виновным по статье {_random.Next(100, 420)} части {_random.Next(1, 5)} Уголовного кодекса и приговорён к {_random.Next(1, 15)} годам лишения свободы с отбыванием наказания в учреждении уголовно-исполнительной системы.",
            $"Под председательством судьи {Pick(Given)} {Pick(Surnames)} рассмотрено {_random.Next(2, 60)} томов дела.",
            $"Гражданский иск удовлетворён частично, взыскано {_random.Next(100, 9000)} тысяч тенге.",
            "Приговор не вступил в законную силу и может быть обжалован в апелляционном порядке.",
        ]);
    }

    private string Day() => $"{_random.Next(1, 31)} {Pick(["января", "февраля", "марта", "октября", "ноября", "декабря"])}";

    private string Rate(int near) => $"{near + _random.Next(-9, 10)},{_random.Next(10, 99)}";

    private T Pick<T>(T[] of) => of[_random.Next(of.Length)];
}
