// How a consultation can end, said calmly: what has happened, in the doctor's own words where there are
// some, and what happens next (OZ-22, SPB-22, DRC-11, DRC-12).
import { fact, facts, made } from "/p/dom.js";
import * as words from "/p/words.js";

const NEW_ONE = fact.bind(null, "info", "Нужна консультация?", "Обратитесь в клинику: вам помогут подать новую заявку.");
const CHAT_STAYS = fact.bind(null, "info", "Переписка с врачом сохранилась", "Её можно перечитать на этой странице.");

const DECLINED = {
  not_enough_data: "Для консультации не хватило данных.",
  needs_in_person_care: "Врач считает, что вам нужен очный осмотр.",
  duplicate: "По этому вопросу у вас уже есть другая заявка.",
  not_a_medical_question: "Этот вопрос решает не врач.",
};
const UNCONCLUDED = {
  not_enough_data: "Данных не хватило, чтобы написать заключение.",
  patient_refused: "Вы отказались от консультации.",
  technical_failure: "Помешал технический сбой.",
  answered_in_chat: "Врач ответил вам в переписке.",
};

export const ENDS = {
  cancelled: {
    title: "Консультация отменена",
    lead: () => "Она не списана: вы сможете обратиться снова.",
    next: () => [NEW_ONE()],
  },
  cancelled_late: {
    title: "Консультация отменена после начала",
    lead: () => "Она не состоялась по вашей вине и учтена как использованная.",
    next: (state) => [quota(state), NEW_ONE()],
  },
  no_contact: {
    title: "С вами не удалось связаться",
    lead: () => "Врач звонил на эту страницу и трижды по телефону. Консультация закрыта и считается оказанной.",
    says: "Что записано",
    next: (state) => [quota(state), fact("phone", "Проверьте номер телефона в клинике", "Если это ошибка, сообщите клинике номер заявки."), NEW_ONE()],
  },
  closed_without_conclusion: {
    title: "Консультация закончилась без заключения",
    lead: (state) => UNCONCLUDED[state.outcome?.code] || "Врач завершил её и объяснил почему.",
    next: () => [fact("info", "Консультация не списана"), NEW_ONE()],
  },
  annulled: {
    title: "Заявка аннулирована",
    lead: () => "Вы трижды отказались от предложенного времени.",
    next: () => [NEW_ONE()],
  },
  invited_in_person: {
    title: "Врач приглашает на очный приём",
    lead: () => "По документам нужен осмотр в клинике. Консультация на расстоянии его не заменит.",
    next: () => [fact("phone", "Договоритесь о дне приёма с клиникой", "Назовите номер заявки."), fact("info", "Возьмите с собой все документы", "Паспорт, полис, выписки и снимки.")],
  },
  inpatient_care: {
    title: "Врач рекомендует лечение в стационаре",
    lead: () => "Это нужно обсудить с лечащим врачом в ближайшее время.",
    next: () => [fact("phone", "Позвоните в клинику", "Назовите номер заявки: вам скажут, как попасть на лечение."), fact("warning", "Если станет хуже, звоните 103 или 112")],
  },
  out_of_profile: {
    title: "Центр не занимается этой болезнью",
    lead: () => "Заявка закрыта. Это не отказ в помощи: нужен другой центр.",
    next: () => [fact("info", "Спросите лечащего врача о другом центре", "Документы остаются у вас и у него.")],
  },
  declined: {
    title: "Заявка отклонена",
    lead: (state) => DECLINED[state.outcome?.code] || "Врач не взял её в работу.",
    next: () => [NEW_ONE()],
  },
  over: {
    title: "Консультация завершена",
    lead: () => "Здесь больше ничего не нужно делать.",
    next: () => [NEW_ONE()],
  },
};

export function endView(state) {
  const end = ENDS[state.stage] || ENDS.over;
  return [made("h2", end.title), made("p", end.lead(state), "lead"), ...said(state, end), facts(...end.next(state), CHAT_STAYS())];
}

function said(state, end) {
  const note = state.outcome?.note;
  if (!note) return [];
  const box = made("blockquote", "");
  box.append(made("span", end.says || "Сообщение клиники", "small"), made("p", note));
  return [box];
}

function quota(state) {
  const left = words.quota(state);
  return left && fact("info", left);
}
