using System.Globalization;
using PedAtt.Contracts;

namespace PedAtt.Notifications.Events;

/// <summary>
/// THE TABLE: which event tells whom what. A notification is addressed to one person, in the second person, and says
/// three things: what happened, what it means for them, and what they do next (or that they need do nothing).
/// Its kind is <c>application.</c> and the status that was reached.
/// </summary>
public static class NotificationTable
{
    public static IReadOnlyList<Notice> Of(object @event) =>
        @event switch
        {
            ApplicationSubmitted { Submission: 1 } e =>
            [
                new(
                    Audience.Secretary(e.OrganisationPath),
                    "application.under-review",
                    new($"№ {e.Number} жаңа өтінім тексеруді күтіп тұр", $"Новая заявка № {e.Number} ждёт проверки"),
                    new(
                        $"Педагог сізге № {e.Number} өтінімін жіберді. Оны ашып, портфолионы тексеріңіз және әр блок бойынша шешім "
                            + "қабылдаңыз: қабылдау немесе ескертумен қайтару.",
                        $"Педагог отправил вам заявку № {e.Number}. Откройте её, проверьте портфолио и по каждому блоку решите: принять "
                            + "или вернуть с замечанием."
                    )
                ),
            ],
            ApplicationSubmitted e =>
            [
                new(
                    Audience.Secretary(e.OrganisationPath),
                    "application.under-review",
                    new($"№ {e.Number} өтінім тексеруге қайта келді", $"Заявка № {e.Number} снова ждёт проверки"),
                    new(
                        $"Педагог № {e.Number} өтінімін түзетіп, сізге қайта жіберді. Түзетілген блоктарды тексеріңіз: бұрын "
                            + "қабылданғандары қабылданған күйінде қалады.",
                        $"Педагог исправил заявку № {e.Number} и снова отправил её вам. Проверьте исправленные блоки: принятые раньше "
                            + "остаются принятыми."
                    )
                ),
            ],
            ApplicationReturned e =>
            [
                new(
                    Audience.Teacher(e.TeacherId),
                    "application.returned-for-revision",
                    new(
                        $"№ {e.Number} өтініміңіз пысықтауға қайтарылды",
                        $"Ваша заявка № {e.Number} возвращена на доработку"
                    ),
                    new(
                        $"Комиссия хатшысы портфолиоңызды қарап шықты және түзетуді сұрайды. Ескертуі бар блоктар: "
                            + $"{e.ReturnedBlocks.Count}. Өтінімді ашып, әр ескертуді оқыңыз, түзетіңіз де, қайта жіберіңіз. Қабылданған "
                            + "блоктарға ештеңе істеудің қажеті жоқ.",
                        $"Секретарь комиссии посмотрел ваше портфолио и просит кое-что поправить. Блоков с замечаниями: "
                            + $"{e.ReturnedBlocks.Count}. Откройте заявку, прочитайте замечания, исправьте и отправьте её снова. С принятыми "
                            + "блоками делать ничего не нужно."
                    )
                ),
            ],
            ApplicationForwarded e =>
            [
                new(
                    Audience.Teacher(e.TeacherId),
                    "application.under-state-service-review",
                    new(
                        $"№ {e.Number} өтініміңіз мемлекеттік қызметке жіберілді",
                        $"Ваша заявка № {e.Number} передана в Госуслугу"
                    ),
                    new(
                        "Хатшы барлық құжатыңызды қабылдап, өтінімді мемлекеттік қызмет орындаушысына жіберді. Қазір сізден ештеңе талап "
                            + "етілмейді: шешім шыққанда хабарлаймыз.",
                        "Секретарь принял все ваши документы и передал заявку исполнителю государственной услуги. Сейчас от вас ничего "
                            + "не требуется: когда будет решение, мы сообщим."
                    )
                ),
                new(
                    Audience.Executor(e.AcceptingOrganisationId, e.OrganisationPath),
                    "application.under-state-service-review",
                    new(
                        $"№ {e.Number} өтінім сіздің тексеруіңізді күтіп тұр",
                        $"Заявка № {e.Number} ждёт вашей проверки"
                    ),
                    new(
                        $"Хатшы № {e.Number} өтінімін тексеріп, сізге жіберді. Құжаттарды қарап, қабылдау немесе бас тарту туралы қолхатқа "
                            + "қол қойыңыз.",
                        $"Секретарь проверил заявку № {e.Number} и передал её вам. Посмотрите документы и подпишите расписку о приёме или "
                            + "об отказе."
                    )
                ),
            ],
            ApplicationAccepted e =>
            [
                new(
                    Audience.Teacher(e.TeacherId),
                    "application.accepted-by-state-service",
                    new(
                        $"Мемлекеттік қызмет № {e.Number} өтініміңізді қабылдады",
                        $"Госуслуга приняла вашу заявку № {e.Number}"
                    ),
                    new(
                        "Құжаттарды қабылдау туралы қолхатқа қол қойылды, оны өтінімнен аша аласыз. Енді өтінім аттестаттау комиссиясына "
                            + "жіберіледі. Сізден ештеңе талап етілмейді.",
                        "Расписка о приёме документов подписана, её можно открыть в заявке. Дальше заявка пойдёт в аттестационную комиссию. "
                            + "От вас ничего не требуется."
                    )
                ),
            ],
            ApplicationRefused e =>
            [
                new(
                    Audience.Teacher(e.TeacherId),
                    "application.refused-by-state-service",
                    new(
                        $"Мемлекеттік қызмет № {e.Number} өтініміңізді қабылдамады",
                        $"Госуслуга не приняла вашу заявку № {e.Number}"
                    ),
                    new(
                        $"Себептері (саны: {e.Reasons.Count}) бас тарту туралы қолхатта жазылған, оны өтінімнен аша аласыз. Бұл соңғы "
                            + "шешім емес: өтінім мен портфолионы түзетіп, қайта жіберіңіз.",
                        $"Причины (их {e.Reasons.Count}) названы в расписке об отказе, её можно открыть в заявке. Это ещё не всё: исправьте "
                            + "заявку и портфолио и отправьте их снова."
                    )
                ),
            ],
            ApplicationSentToCommission e =>
            [
                new(
                    Audience.Teacher(e.TeacherId),
                    "application.sent-to-commission",
                    new(
                        $"№ {e.Number} өтініміңіз комиссияға жіберілді",
                        $"Ваша заявка № {e.Number} передана в комиссию"
                    ),
                    new(
                        "Енді портфолиоңызды аттестаттау комиссиясы қарайды. Сізден ештеңе талап етілмейді: шешім шыққанда бірден "
                            + "хабарлаймыз.",
                        "Теперь ваше портфолио рассматривает аттестационная комиссия. От вас ничего не требуется: о решении мы сообщим сразу."
                    )
                ),
                new(
                    Audience.Chair(e.DecidingOrganisationId),
                    "application.sent-to-commission",
                    new($"Комиссияңызға № {e.Number} өтінім келді", $"В вашу комиссию поступила заявка № {e.Number}"),
                    new(
                        $"Мемлекеттік қызмет орындаушысы № {e.Number} өтінімін комиссияңызға жіберді. Оны комиссия мүшелерімен бірге "
                            + "қарап, хаттама бойынша шешімді енгізіңіз.",
                        $"Исполнитель госуслуги передал заявку № {e.Number} в вашу комиссию. Рассмотрите её с членами комиссии и внесите "
                            + "решение по протоколу."
                    )
                ),
            ],
            ApplicationDecided e =>
            [
                new(Audience.Teacher(e.TeacherId), $"application.{e.Outcome}", DecisionTitle(e), Decision(e)),
            ],
            ApplicationWithdrawn e =>
            [
                new(
                    Audience.Secretary(e.OrganisationPath),
                    "application.withdrawn",
                    new($"№ {e.Number} өтінім кері қайтарып алынды", $"Заявка № {e.Number} отозвана"),
                    new(
                        $"Педагог № {e.Number} өтінімін кері қайтарып алды. Оны енді тексерудің қажеті жоқ, ол тарихта сақталады.",
                        $"Педагог отозвал заявку № {e.Number}. Проверять её больше не нужно, в истории она сохранится."
                    )
                ),
            ],
            // Nobody but its teacher ever saw it, and they have just deleted it themselves.
            ApplicationDeleted => [],
            _ => throw new InvalidOperationException($"The table has no row for {@event.GetType().Name}."),
        };

    /// <summary>Not a step of the application: a file that was taken in while the scanner was away.</summary>
    public static IReadOnlyList<Notice> Of(FileFoundInfected file, Guid teacherId, string number) =>
        file.Reason == "file.unscannable"
            ?
            [
                new(
                    Audience.Teacher(teacherId),
                    "portfolio.file-unscannable",
                    new(
                        $"№ {number} өтініміңіздің бір файлын вирусқа тексеру мүмкін болмады",
                        $"Один из файлов заявки № {number} не удалось проверить на вирусы"
                    ),
                    new(
                        "Файлды бірнеше рет тексеріп көрдік, бірақ нәтиже болмады. Сондықтан оны ешкім аша алмайды және ол жоқ деп есептеледі. "
                            + "Құжатты қайта сканерлеп немесе PDF етіп қайта сақтап, тағы жүктеңіз.",
                        "Мы пробовали проверить файл несколько раз, и ничего не вышло. Поэтому открыть его не может никто, и он считается "
                            + "отсутствующим. Отсканируйте документ заново или сохраните его как PDF ещё раз и загрузите снова."
                    )
                ),
            ]
            :
            [
                new(
                    Audience.Teacher(teacherId),
                    "portfolio.file-infected",
                    new(
                        $"№ {number} өтініміңіздің бір файлынан вирус табылды",
                        $"В одном из файлов заявки № {number} найден вирус"
                    ),
                    new(
                        "Файлды тексергенде вирус табылды, сондықтан оны енді ешкім аша алмайды және ол жоқ деп есептеледі. Бұл сіздің "
                            + "кінәңіз болмауы мүмкін: құжаттың таза көшірмесін қайта жүктеңіз, мүмкін болса, компьютеріңізді де тексеріңіз.",
                        "При проверке в файле нашёлся вирус, поэтому открыть его теперь не может никто, и он считается отсутствующим. Возможно, "
                            + "вы в этом не виноваты: загрузите чистую копию документа и, если получится, проверьте свой компьютер."
                    )
                ),
            ];

    private static Text DecisionTitle(ApplicationDecided e) =>
        e.Outcome switch
        {
            "meets" => new(
                $"Құттықтаймыз! № {e.Number} өтінім бойынша шешім: сәйкес келеді",
                $"Поздравляем! Решение по заявке № {e.Number}: соответствует"
            ),
            "one-level-lower" => new(
                $"№ {e.Number} өтінім бойынша шешім: бір деңгейге төмен",
                $"Решение по заявке № {e.Number}: на уровень ниже"
            ),
            _ => new(
                $"№ {e.Number} өтінім бойынша шешім: сәйкес келмейді",
                $"Решение по заявке № {e.Number}: не соответствует"
            ),
        };

    private static Text Decision(ApplicationDecided e)
    {
        var kk = new List<string>();
        var ru = new List<string>();
        if (e.AwardedCategory is { } awarded)
        {
            kk.Add($"Комиссия сізге «{awarded.Kk}» санатын берді (растады).");
            ru.Add($"Комиссия присвоила (подтвердила) вам категорию «{awarded.Ru}».");
        }
        else
        {
            kk.Add("Комиссия мәлімделген санатты бермеді.");
            ru.Add("Комиссия не присвоила заявленную категорию.");
        }
        if (e.KeepsCurrent)
        {
            kk.Add("Қолданыстағы санатыңыз сақталады.");
            ru.Add("Ваша действующая категория сохраняется.");
        }
        if (e.ValidUntil is { } until)
        {
            kk.Add($"Санат {Day(until)} дейін жарамды.");
            ru.Add($"Категория действует до {Day(until)}.");
        }
        kk.Add($"Хаттама № {e.ProtocolNumber}, {Day(e.ProtocolDate)}.");
        ru.Add($"Протокол № {e.ProtocolNumber} от {Day(e.ProtocolDate)}.");
        if (e.Reason is not null)
        {
            kk.Add("Комиссияның түсіндірмесі өтінімде жазылған.");
            ru.Add("Пояснение комиссии вы найдёте в заявке.");
        }
        return new(string.Join(' ', kk), string.Join(' ', ru));
    }

    private static string Day(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}
