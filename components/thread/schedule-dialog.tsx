import "./schedule-dialog.css";
import type { Group } from "@partyline/contract/group";
import { judgeText } from "@partyline/domain/message-text";
import { judgeSendTime, SCHEDULE_DAYS } from "@partyline/domain/send-time";
import { useState } from "preact/hooks";
import type { PanelModel } from "../../utils/models/panel-model.ts";
import { sendTimeRefusalText, textRefusalText } from "../../utils/models/refusal-text.ts";
import type { Planning } from "../../utils/models/scheduled-texts.ts";
import { likelyTimes, toField } from "../../utils/models/send-times.ts";
import type { ThreadModel } from "../../utils/models/thread-model.ts";
import { dayAndTime } from "../../utils/models/when.ts";
import { t, tn } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";

interface ScheduleDialogProps {
  model: ThreadModel;
  group: Group;
  panel: PanelModel;
}

/** Open while something is being planned: what is to be sent, to how many, and when. */
export function ScheduleDialog({ model, group, panel }: ScheduleDialogProps) {
  const plan = model.scheduled.planning.value;
  if (plan === null) return null;
  return (
    <Dialog title={t("schedule")} place="middle" onClose={() => model.scheduled.putAway()}>
      <ScheduleForm
        plan={plan}
        people={group.participants.length}
        textMax={panel.facts.limits.value.textMax}
        now={panel.now.value}
        onCancel={() => model.scheduled.putAway()}
        onText={(text) => {
          if (plan.isDraft) model.writing.write(text);
        }}
        onSave={(content) => void model.schedule(plan, content)}
      />
    </Dialog>
  );
}

interface ScheduleFormProps {
  plan: Planning;
  people: number;
  textMax: number;
  now: number;
  onCancel: () => void;
  onText: (text: string) => void;
  onSave: (content: { text: string; sendAt: string }) => void;
}

function ScheduleForm({ plan, people, textMax, now, onCancel, onText, onSave }: ScheduleFormProps) {
  const [text, setText] = useState(plan.text);
  const [time, setTime] = useState(() => toField(firstTime(plan, now)));
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <form
      class="schedule"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const judged = judge({ text, time, textMax, now });
        setRefusal(judged.refusal);
        if (judged.refusal === null) onSave(judged.content);
      }}
    >
      <MessageField
        text={text}
        startsHere={plan.text === ""}
        onText={(next) => {
          setText(next);
          onText(next);
          setRefusal(null);
        }}
      />
      <TimeField
        time={time}
        now={now}
        startsHere={plan.text !== ""}
        onTime={(next) => {
          setTime(next);
          setRefusal(null);
        }}
      />
      <p class="quiet">
        {tn("schedule_people", people)} {t("schedule_lock")} {t("schedule_zone", { zone: zoneName() })}
      </p>
      {refusal !== null && (
        <p class="schedule-bad" role="alert">
          {refusal}
        </p>
      )}
      <div class="dialog-actions">
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button kind="primary" type="submit">
          {t("schedule_save")}
        </Button>
      </div>
    </form>
  );
}

interface MessageFieldProps {
  text: string;
  startsHere: boolean;
  onText: (text: string) => void;
}

function MessageField({ text, startsHere, onText }: MessageFieldProps) {
  return (
    <label>
      {t("schedule_text")}
      <textarea
        dir="auto"
        rows={4}
        value={text}
        data-autofocus={startsHere ? true : undefined}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    </label>
  );
}

interface TimeFieldProps {
  /** As the field has it. */
  time: string;
  now: number;
  startsHere: boolean;
  onTime: (time: string) => void;
}

function TimeField({ time, now, startsHere, onTime }: TimeFieldProps) {
  return (
    <>
      <label>
        {t("schedule_time")}
        <input
          type="datetime-local"
          value={time}
          data-autofocus={startsHere ? true : undefined}
          min={toField(new Date(now))}
          max={toField(new Date(now + SCHEDULE_DAYS * 86_400_000))}
          onInput={(event) => onTime(event.currentTarget.value)}
        />
      </label>
      <div class="schedule-times">
        {likelyTimes(new Date(now)).map((one) => (
          <Button key={one.getTime()} aria-pressed={toField(one) === time} onClick={() => onTime(toField(one))}>
            {dayAndTime(one.toISOString(), now)}
          </Button>
        ))}
      </div>
    </>
  );
}

/** Its own time as long as that is to come. */
function firstTime({ sendAt }: Planning, now: number): Date {
  if (sendAt !== null && Date.parse(sendAt) > now) return new Date(sendAt);
  return likelyTimes(new Date(now))[0] ?? new Date(now);
}

type Judged = { refusal: string } | { refusal: null; content: { text: string; sendAt: string } };

/** By the rules that the backend asks again. */
function judge({ text, time, textMax, now }: { text: string; time: string; textMax: number; now: number }): Judged {
  const said = judgeText(text, textMax);
  if (!said.ok) return { refusal: textRefusalText(said.refusal) };
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return { refusal: t("schedule_no_time") };
  const judged = judgeSendTime(at, new Date(now));
  if (!judged.ok) return { refusal: sendTimeRefusalText(judged.refusal) };
  return { refusal: null, content: { text: said.value, sendAt: at.toISOString() } };
}

function zoneName(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ");
}
