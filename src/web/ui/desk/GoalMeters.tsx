// Outputs and outcomes against their targets, side by side.
import { Meter } from '../shared/Meter.tsx'
import styles from './record-parts.module.css'

export type Goal = {
  readonly key: string
  readonly label: string
  readonly value: number
  readonly target: number
  readonly unit: string /** "已达标", "差 4 人次". */
  readonly remark?: string
  readonly reached: boolean
}

export function GoalMeters({
  title,
  note,
  goals,
}: {
  readonly title: string
  readonly note?: string
  readonly goals: readonly Goal[]
}) {
  return (
    <div className={styles.goals}>
      <div>
        <h3>{title}</h3>
        {note && <small>{note}</small>}
      </div>
      {goals.map((goal) => (
        <div key={goal.key}>
          <p>
            <span>{goal.label}</span>
            {goal.remark && <small data-reached={goal.reached || undefined}>{goal.remark}</small>}
          </p>
          <Meter
            value={goal.value}
            max={Math.max(goal.value, goal.target) * 1.08}
            mark={goal.target}
            height={6}
            label={`${goal.label} ${goal.value} / ${goal.target} ${goal.unit}`}
          />
          <p>
            <span>
              <b>{goal.value.toLocaleString('en')}</b> / {goal.target.toLocaleString('en')} {goal.unit}
            </span>
          </p>
        </div>
      ))}
    </div>
  )
}
